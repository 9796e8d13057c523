// Draws one Plotly figure: one drawing at a time, and the newest figure wins. It comes in two layouts, for a page and for
// a phone, and the one that has room is drawn. Plotly is large, so the first picture of a page asks the kernel for it and
// the others use the same. What is far from view is drawn once someone scrolls there. A click on a point is told to the
// kernel.

const CONFIG = { displaylogo: false, typesetMath: false };
const ASK_AGAIN = 5000;
const NEAR = "600px"; // from what is in view
const page = (globalThis.interviewKit ??= { asked: -ASK_AGAIN });

function install(source) {
  const others = globalThis.Plotly;
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const script = document.createElement("script");
  script.onload = () => {
    page.Plotly = globalThis.Plotly;
    globalThis.Plotly = others;
    URL.revokeObjectURL(address);
    script.remove();
  };
  script.src = address;
  document.head.append(script);
}

// Another picture's kernel may stop before it answers, so that each asks for itself after a while.
async function plotly(model, gone) {
  while (!page.Plotly && !gone()) {
    if (performance.now() - page.asked >= ASK_AGAIN) {
      page.asked = performance.now();
      model.send({ kind: "plotly" });
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return page.Plotly;
}

export default {
  initialize({ model }) {
    model.on("msg:custom", (message, buffers) => {
      if (message.kind === "plotly" && !page.Plotly) install(buffers[0]);
    });
  },
  render({ model, el }) {
    const box = el.appendChild(document.createElement("div"));
    Object.assign(el.style, { width: "100%", contain: "inline-size" }); // as wide as there is room
    box.style.minHeight = "360px"; // as long as it is not drawn, so that those below it are far
    let due = false;
    let near = false;
    let drawing = false;
    let gone = false;

    const react = async (Plotly) => {
      const { below, wide, narrow } = JSON.parse(model.get("drawn"));
      const isNarrow = el.clientWidth < below;
      const { data, layout } = isNarrow ? narrow : wide;
      const size = { width: el.clientWidth, height: layout.height || 360 };
      box.style.minHeight = `${size.height}px`;
      await Plotly.react(box, data, { ...layout, ...size }, { ...CONFIG, displayModeBar: isNarrow ? false : "hover" });
      box.removeAllListeners("plotly_click");
      box.on("plotly_click", ({ points: [point] }) =>
        model.send({ kind: "click", trace: point.curveNumber, point: point.pointNumber }),
      );
    };
    const draw = async () => {
      due = true;
      if (drawing || !near) return;
      drawing = true;
      const Plotly = await plotly(model, () => gone);
      while (due && near && !gone) {
        due = false;
        if (box.clientWidth && model.get("drawn")) await react(Plotly);
      }
      drawing = false;
      if (gone) Plotly?.purge(box);
    };
    const resized = new ResizeObserver(draw);
    resized.observe(el);
    const seen = new IntersectionObserver(
      (changes) => {
        near = changes.at(-1).isIntersecting;
        if (near && due) draw();
      },
      { rootMargin: NEAR },
    );
    seen.observe(box);
    model.on("change:drawn", draw);
    return () => {
      gone = true;
      resized.disconnect();
      seen.disconnect();
      model.off("change:drawn", draw);
      if (!drawing) page.Plotly?.purge(box);
    };
  },
};
