"""HTML from templates of ours and words of anyone's: the one place where text is made safe to show."""

import html


def markup(template: str, **words: object) -> str:
    """Return HTML from a template of ours and words of anyone's."""
    return template.format(**{name: html.escape(str(word)) for name, word in words.items()})
