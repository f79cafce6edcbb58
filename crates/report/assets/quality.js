"use strict";
/* Whose gas arrives at an off-take: shares of supplies over time, one above the other. */

LP.quality = (() => {
  const { data } = LP;
  const epochs = data.time.map((t) => data.start + t);
  const nodes = new Map(data.nodes.map((n) => [n.id, n]));

  /* The largest sum is drawn first, the smaller ones over it. */
  const lines = (shares) => {
    const sums = shares.map(() => []);
    data.time.forEach((_, k) => {
      let sum = 0;
      shares.forEach((s, i) => { const v = s[k]; sum = v === null || sum === null ? null : sum + v; sums[i].push(sum); });
    });
    const line = (values, i) => {
      const { color } = LP.chart.style(i);
      const own = (u, v, series, k) => (k === null || k === undefined ? "\u2013" : LP.text("share", shares[i][k]));
      return { name: data.supplies[i], values, color, fill: color, width: 1, end: true, value: own };
    };
    return sums.map(line).reverse();
  };

  const start = () => {
    const select = document.getElementById("parentage-at");
    if (!select) return;
    const places = data.offTakes.filter((o) => nodes.get(o.node)?.shares);
    places.forEach((o, i) => select.append(new Option(o.name, String(i))));
    if (!places.length) return;
    const shown = () => lines(nodes.get(places[Number(select.value) || 0].node).shares);
    const chart = LP.chart.make("parentage", {
      x: epochs, time: true, xLabel: "Time [UTC]", quantity: "share", title: "Share", height: 260, zero: true, range: [0, 1], lines: shown(),
    });
    select.addEventListener("change", () => chart.set({ lines: shown() }));
  };
  return { start };
})();
