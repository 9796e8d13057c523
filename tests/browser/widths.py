"""What is wrong with a page at the width it has: what is wider than its place, cut off, or printed over something."""

# Words of a chart may come this near to each other or to the edge, in pixels: the boxes of fonts overlap a little.
TOUCH = 2

FAULTS = """(touch) => {
    const found = [];
    const say = (what) => found.push(what);
    const root = document.documentElement;
    if (root.scrollWidth > window.innerWidth) say(`the page is ${root.scrollWidth} wide, not ${window.innerWidth}`);
    for (const part of document.querySelectorAll('.ik-panel :not(thead *), main .sheet tbody *')) {
        const {right, width} = part.getBoundingClientRect();
        const words = part.textContent.slice(0, 40);
        if (width > 1 && right > root.clientWidth + 1) say(`${part.tagName} "${words}" ends at ${right}`);
    }
    const charts = [...document.querySelectorAll('.js-plotly-plot')].filter(chart => chart.clientWidth);
    for (const [place, chart] of charts.entries()) {
        const whole = chart.getBoundingClientRect();
        if (whole.right > root.clientWidth + 1) say(`chart ${place} ends at ${whole.right}`);
        for (let box = chart; box; box = box.parentElement)
            if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === 'auto')
                say(`chart ${place} scrolls sideways`);
        const texts = [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim()).map(text => {
            const {left, right, top, bottom} = text.getBoundingClientRect();
            return {words: text.textContent, left, right, top, bottom};
        }).filter(text => text.right > text.left);
        for (const [at, one] of texts.entries()) {
            if (one.left < whole.left - touch || one.right > whole.right + touch
                || one.top < whole.top - touch || one.bottom > whole.bottom + touch)
                say(`chart ${place} cuts off "${one.words}"`);
            for (const other of texts.slice(at + 1)) {
                const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
                const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
                if (across > touch && down > touch) say(`chart ${place} prints "${one.words}" over "${other.words}"`);
            }
        }
    }
    return found;
}"""


def faults(page) -> list[str]:
    """Return a line for each thing that is cut off, printed over another or wider than its place."""
    return page.evaluate(FAULTS, TOUCH)


def scroll_through(page) -> None:
    """Look at a page from top to bottom, so that what is drawn once it is near is drawn."""
    seen = 0
    while seen < page.evaluate("document.documentElement.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {seen})")
        page.wait_for_timeout(200)
        seen += 500
    page.wait_for_timeout(500)
