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
  onScreen();
  dark.addEventListener("change", onScreen);
  addEventListener("beforeprint", () => draw("light"));
  addEventListener("afterprint", onScreen);
})();
