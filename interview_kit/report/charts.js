// Draws each chart in the colors of the page, and in those of paper when it is printed.
(() => {
  document.documentElement.classList.add("drawn");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const config = { displayModeBar: false, responsive: true, typesetMath: false };
  const charts = [...document.querySelectorAll("script[data-chart]")].map((data) => [
    document.getElementById(data.dataset.chart),
    JSON.parse(data.textContent),
  ]);
  const draw = (look) => charts.forEach(([place, looks]) => Plotly.newPlot(place, looks[look].data, looks[look].layout, config));
  const onScreen = () => draw(dark.matches ? "dark" : "light");
  // A chart that is wider than its box says so, and shows at which edge there is more.
  const edges = (figure, box) => {
    const left = box.scrollWidth - box.clientWidth;
    figure.classList.toggle("cut", left > 1);
    figure.classList.toggle("before", left > 1 && box.scrollLeft > 1);
    figure.classList.toggle("more", left - box.scrollLeft > 1);
  };
  for (const figure of document.querySelectorAll("figure")) {
    const box = figure.querySelector(".scroll");
    box.addEventListener("scroll", () => edges(figure, box), { passive: true });
    new ResizeObserver(() => edges(figure, box)).observe(box);
  }
  onScreen();
  dark.addEventListener("change", onScreen);
  addEventListener("beforeprint", () => draw("light"));
  addEventListener("afterprint", onScreen);
})();
