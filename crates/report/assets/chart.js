"use strict";
/* One way to draw all charts: units, theme, zoom that stays, names at the ends of lines. */

LP.chart = (() => {
  const all = [];
  const FONT = "12px system-ui, sans-serif";
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 3], [14, 4]];

  /* Lines differ by colour and by dash. */
  const style = (i) => ({ color: "line" + (i % 6), dash: DASHES[Math.floor(i / 6) % DASHES.length] });

  const timeLabels = (splits) => {
    let before = "";
    return splits.map((t) => {
      const day = LP.day(t);
      const out = day === before ? LP.clock(t) : LP.clock(t) + "\n" + day;
      before = day;
      return out;
    });
  };

  const END_FONT = (dpr) => `${11.5 * dpr}px system-ui, sans-serif`;
  const END_MAX = 210;
  const ruler = document.createElement("canvas").getContext("2d");

  /* Room that names at the ends of lines need, px. */
  const endRoom = (spec) => {
    ruler.font = END_FONT(1);
    const names = [...spec.lines.filter((l) => l.end), ...(spec.limits || [])].map((e) => ruler.measureText(e.name).width);
    return Math.min(END_MAX, Math.ceil(Math.max(10, ...names))) + 14;
  };

  /* A name, cut to fit the room. */
  const cut = (name) => {
    ruler.font = END_FONT(1);
    let out = name;
    while (out.length > 3 && ruler.measureText(out).width > END_MAX) out = out.slice(0, -2) + "\u2026";
    return out;
  };

  /* Decimals that show a step exactly: 2.5 needs one. */
  const decimalsOf = (step) => {
    for (let d = 0; d < 5; d += 1) if (Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-6) return d;
    return 5;
  };

  /* Values of a line in the unit chosen. */
  const convert = (spec, values) => values.map((v) => LP.shown(spec.quantity, v));

  const axes = (spec) => {
    const color = LP.color("secondary");
    const grid = { stroke: LP.color("grid"), width: 1 };
    const base = { stroke: color, font: FONT, labelFont: FONT, grid, ticks: { ...grid, size: 4 } };
    const x = { ...base, label: spec.hideX ? undefined : spec.xLabel, labelSize: 18, size: spec.time ? 38 : 26, space: 70 };
    x.values = spec.time ? (u, splits) => timeLabels(splits) : (u, splits) => splits.map((v) => LP.fixed(v, 0));
    if (spec.hideX) { x.size = 12; x.values = (u, splits) => splits.map(() => ""); }
    const y = { ...base, label: spec.title + " [" + LP.unit(spec.quantity).label + "]", labelSize: 20, size: 62, space: 34 };
    y.values = (u, splits) => {
      const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
      const decimals = decimalsOf(Number(step.toPrecision(6)));
      return splits.map((v) => LP.fixed(v, decimals));
    };
    return [x, y];
  };

  /* Range of what is drawn, limits among it, with some air. */
  const range = (spec, u, low, high) => {
    if (spec.range) [low, high] = spec.range.map((v) => LP.shown(spec.quantity, v));
    for (const limit of spec.limits || []) {
      const v = LP.shown(spec.quantity, limit.value);
      low = low === null ? v : Math.min(low, v);
      high = high === null ? v : Math.max(high, v);
    }
    if (low === null || low === undefined) return [0, 1];
    if (spec.zero) { low = Math.min(0, low); high = Math.max(0, high); }
    const air = Math.max((high - low) * 0.06, Math.abs(high) * 1e-3, 1e-9);
    return [spec.zero && low === 0 ? 0 : low - air, high + air];
  };

  const series = (spec) => {
    const u = LP.unit(spec.quantity);
    const value = (self, v) => LP.fixed(v, u.decimals);
    const x = spec.time
      ? { label: "Time, UTC", value: (self, v) => (v === null ? "\u2013" : LP.day(v) + " " + LP.clock(v)) }
      : { label: "Distance, km", value: (self, v) => LP.fixed(v, 1) };
    const one = (line) => ({
      label: line.name,
      class: line.quiet ? "quiet" : undefined,
      stroke: LP.color(line.color),
      width: line.width === undefined ? 1.75 : line.width,
      dash: line.dash,
      fill: line.fill ? LP.color(line.fill) : undefined,
      points: { show: false },
      spanGaps: false,
      pxAlign: 0,
      value: line.value || value,
    });
    return [x, ...spec.lines.map(one)];
  };

  /* Names at the right end of lines and limits, pushed apart so that none lies on another. */
  const endNames = (spec, u) => {
    const out = [];
    spec.lines.forEach((line, i) => {
      if (!line.end) return;
      const values = u.data[i + 1];
      let k = u.valToIdx(u.scales.x.max);
      while (k > 0 && values[k] === null) k -= 1;
      if (values[k] !== null && values[k] !== undefined) out.push({ name: line.name, value: values[k], color: line.color });
    });
    for (const limit of spec.limits || []) {
      out.push({ name: limit.name, value: LP.shown(spec.quantity, limit.value), color: limit.color });
    }
    const visible = out.filter((e) => e.value >= u.scales.y.min && e.value <= u.scales.y.max);
    visible.forEach((e) => { e.y = u.valToPos(e.value, "y", true); });
    return visible.sort((a, b) => a.y - b.y);
  };

  const spread = (ends, gap, top, bottom) => {
    let floor = top;
    for (const e of ends) { e.at = Math.max(e.y, floor); floor = e.at + gap; }
    let ceiling = bottom;
    for (const e of [...ends].reverse()) { e.at = Math.min(e.at, ceiling); ceiling = e.at - gap; }
  };

  const drawEnds = (spec) => (u) => {
    const { ctx, bbox } = u;
    const dpr = devicePixelRatio;
    const ends = endNames(spec, u);
    spread(ends, 13 * dpr, bbox.top, bbox.top + bbox.height);
    ctx.save();
    ctx.font = END_FONT(dpr);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const e of ends) {
      ctx.fillStyle = LP.color(e.color);
      ctx.fillText(cut(e.name), bbox.left + bbox.width + 7 * dpr, e.at);
    }
    ctx.restore();
  };

  const drawLimits = (spec) => (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineWidth = devicePixelRatio;
    for (const limit of spec.limits || []) {
      const y = Math.round(u.valToPos(LP.shown(spec.quantity, limit.value), "y", true));
      ctx.strokeStyle = LP.color(limit.color);
      ctx.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  };

  const options = (chart) => {
    const { spec, element } = chart;
    return {
      width: Math.max(320, element.clientWidth),
      height: spec.height || 300,
      padding: [spec.top || 10, spec.right === undefined ? endRoom(spec) : spec.right, 0, 4],
      scales: { x: { time: !!spec.time }, y: { range: (u, low, high) => range(spec, u, low, high) } },
      tzDate: (t) => uPlot.tzDate(new Date(t * 1e3), "Etc/UTC"),
      axes: axes(spec),
      series: series(spec),
      bands: (spec.bands || []).map((b) => ({ series: b, fill: LP.color("band") })),
      legend: { show: spec.legend !== false },
      cursor: { drag: { x: true, y: true, uni: 40 }, sync: spec.sync ? { key: spec.sync } : undefined, points: { size: 6 } },
      hooks: {
        drawAxes: [drawLimits(spec), ...(spec.under || [])],
        draw: [drawEnds(spec), ...(spec.over || []), () => mark(chart)],
        setSelect: [(u) => { if (u.select.width > 0) chart.zoomed = true; }],
      },
    };
  };

  /* Says on the element what was drawn, for readers of the page's structure (and its tests). */
  const mark = (chart) => {
    const filled = chart.plot.data.slice(1).filter((d) => d.some((v) => v !== null && v !== undefined));
    chart.element.dataset.drawn = String(filled.length);
  };

  const build = (chart) => {
    const kept = chart.plot && chart.zoomed ? { ...chart.plot.scales } : null;
    const scales = kept && { x: [kept.x.min, kept.x.max], y: [kept.y.min, kept.y.max] };
    if (chart.plot) chart.plot.destroy();
    const values = [chart.spec.x, ...chart.spec.lines.map((l) => convert(chart.spec, l.values))];
    chart.plot = { data: values };
    chart.plot = new uPlot(options(chart), values, (u, ready) => { chart.plot = u; chart.element.append(u.root); ready(); });
    chart.plot.over.addEventListener("dblclick", () => { chart.zoomed = false; });
    if (scales && chart.unit === LP.unit(chart.spec.quantity).label) {
      chart.plot.setScale("x", { min: scales.x[0], max: scales.x[1] });
      chart.plot.setScale("y", { min: scales.y[0], max: scales.y[1] });
    } else {
      chart.zoomed = false;
    }
    chart.unit = LP.unit(chart.spec.quantity).label;
  };

  /* A chart in an element; none where the page has no such element. */
  const make = (id, spec) => {
    const element = document.getElementById(id);
    if (!element) return null;
    const chart = { element, spec, plot: null, zoomed: false };
    chart.set = (next) => { chart.spec = { ...chart.spec, ...next }; build(chart); };
    chart.fit = () => { chart.zoomed = false; build(chart); };
    /* New values for the lines that change with the time slider; the axes stay. */
    chart.move = (lines) => {
      const values = [...chart.plot.data];
      for (const [i, v] of lines) values[i + 1] = convert(chart.spec, v);
      const first = chart.plot.scales.x.min === null || chart.plot.scales.x.min === undefined;
      chart.plot.setData(values, first);
      if (!first) chart.plot.redraw(true, false);
      lines.forEach(([i, v]) => { chart.spec.lines[i].values = v; });
    };
    build(chart);
    all.push(chart);
    let width = element.clientWidth;
    new ResizeObserver(() => {
      if (element.clientWidth === width || element.clientWidth === 0) return;
      width = element.clientWidth;
      chart.plot.setSize({ width: Math.max(320, width), height: chart.spec.height || 300 });
    }).observe(element);
    document.documentElement.dataset.charts = String(all.length);
    return chart;
  };

  const rebuild = () => all.forEach(build);
  LP.on("units", rebuild);
  LP.on("theme", rebuild);
  return { make, style, all };
})();
