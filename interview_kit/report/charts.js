// Draws each chart in the colors of the page and in the layout that has room, and in those of paper when it is printed.
(() => {
  document.documentElement.classList.add("drawn");
  const PAPER = 700; // pixels across a page of A4
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const config = { displayModeBar: false, responsive: true, typesetMath: false };
  const charts = [...document.querySelectorAll("script[data-chart]")].map((data) => [
    document.getElementById(data.dataset.chart),
    JSON.parse(data.textContent),
  ]);
  const draw = (place, { data, layout }, more) => {
    place.style.minHeight = `${layout.height}px`;
    Plotly.newPlot(place, data, { ...layout, ...more }, config);
  };
  const room = ([place, looks]) => (place.parentElement.clientWidth < looks.below ? "narrow" : "wide");
  let drawn = ""; // the layouts on screen; none while it is printed
  const onScreen = () => {
    drawn = charts.map(room).join();
    for (const chart of charts) draw(chart[0], chart[1][`${dark.matches ? "dark" : "light"} ${room(chart)}`]);
  };
  const onPaper = () => {
    drawn = "";
    for (const [place, looks] of charts) draw(place, looks["light wide"], { width: PAPER });
  };
  const resized = () => {
    if (drawn && charts.map(room).join() !== drawn) onScreen();
  };
  onScreen();
  dark.addEventListener("change", onScreen);
  addEventListener("resize", resized);
  addEventListener("beforeprint", onPaper);
  addEventListener("afterprint", onScreen);
})();
