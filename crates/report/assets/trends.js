"use strict";
/* Linepack and station power over time; then everything starts. */

(() => {
  const { data } = LP;
  const epochs = data.time.map((t) => data.start + t);
  const base = { x: epochs, time: true, xLabel: "Time [UTC]" };

  /* Rate of change between two output times, drawn over the interval that it belongs to. */
  const rate = () => {
    const [t, m] = [data.time, data.linepack];
    const slope = (k) => (m[k] === null || m[k - 1] === null ? null : (m[k] - m[k - 1]) / (t[k] - t[k - 1]));
    return m.map((_, k) => slope(Math.max(1, k)));
  };

  const linepack = () => {
    const total = { name: "Linepack", values: data.linepack, color: "line0", end: true };
    LP.chart.make("linepack-total", { ...base, quantity: "amount", title: "Linepack", height: 230, lines: [total], right: 118, sync: "linepack" });
    const change = { name: "Rate of change", values: rate(), color: "line0", end: true, fill: "band" };
    LP.chart.make("linepack-rate", {
      ...base, quantity: "flow", title: "Rate", height: 190, zero: true, lines: [change], right: 118, sync: "linepack",
    });
  };

  const stations = () => {
    const lines = data.stations.map((s, i) => ({ name: s.name, values: s.power, end: true, ...LP.chart.style(i) }));
    const limits = new Map();
    data.stations.filter((s) => s.powerMax !== null).forEach((s) => limits.set(s.powerMax, [...(limits.get(s.powerMax) || []), s.name]));
    const name = (names) => "available, " + (names.length > 1 ? `${names.length} stations` : names[0]);
    LP.chart.make("station-power", {
      ...base, quantity: "power", title: "Power", height: 240, zero: true, lines,
      limits: [...limits].map(([value, names]) => ({ value, name: name(names), color: "limit" })),
    });
  };

  LP.start();
  LP.profile.start();
  LP.map.start();
  LP.series.start();
  LP.quality.start();
  linepack();
  stations();
  LP.time.start();
})();
