"""The line that leads from one notebook to the others, in JupyterLab and in the pages alike."""

import ipywidgets as widgets

from interview_kit.places import has_clients
from interview_kit.widgets.markup import markup

NOTEBOOKS = {
    "0_home": "Home",
    "1_debrief": "Write it down",
    "2_patterns": "Patterns",
    "3_trends": "Trends",
    "4_next_steps": "Next steps",
    "5_share": "Share",
    "6_import": "Import",
}
CLIENTS = {"7_clients": "Clients"}  # only where someone helps others


def link(notebook: str, text: str, look: str = "", *, part: str = "") -> str:
    """Return HTML that leads to a notebook beside this one, or to a part of it, by its name in the stylesheet."""
    to_part = 'data-part="{part}" ' if part else ""
    hash_of_part = "#{part}" if part else ""
    template = f'<a class="{{look}}" href="{{name}}.ipynb{hash_of_part}" {to_part}data-notebook="{{name}}">{{text}}</a>'
    return markup(template, look=look, name=notebook, text=text, part=part)


def navigation(here: str) -> widgets.HTML:
    """Return the line of all notebooks, in which the one that is open stands out."""
    listed = NOTEBOOKS | CLIENTS if here in CLIENTS or has_clients() else NOTEBOOKS
    is_open = '<span aria-current="page">{text}</span>'
    steps = [markup(is_open, text=text) if name == here else link(name, text) for name, text in listed.items()]
    steps.append(markup('<a class="ik-face" data-face="{name}" hidden></a>', name=here))  # the page fills it in
    line = widgets.HTML(f'<nav class="ik-nav" aria-label="Interview Kit">{"".join(steps)}</nav>')
    line.add_class("ik-nav-line")
    return line
