"""The forms and explorers of the notebooks; collect and show, never compute or touch a file."""
