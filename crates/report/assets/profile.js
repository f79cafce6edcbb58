"use strict";
/* Pressure, flow and elevation against true distance along a path, at the time chosen. */

LP.profile = (() => {
  const { paths, pipes, profileTime, time } = LP.data;
  const select = document.getElementById("profile-path");
  let path = null;
  let built = null;
  let charts = null;

  /* The row of the profiles nearest to a time of the run. */
  const row = (k) => {
    let best = 0;
    profileTime.forEach((t, i) => { if (Math.abs(t - time[k]) < Math.abs(profileTime[best] - time[k])) best = i; });
    return best;
  };

  /* Points of one pipe in the order of the path: distance on the path, index in the pipe. */
  const points = ([link, start, reversed]) => {
    const pipe = pipes[link];
    const list = pipe.x.map((x, i) => ({ d: start + (reversed ? pipe.length - x : x), i }));
    return reversed ? list.reverse() : list;
  };

  /* Distances, and for each the pipe and point behind it; a gap of 1 m keeps jumps upright. */
  const build = () => {
    const at = [];
    for (const step of path.pipes) {
      for (const p of points(step)) {
        const before = at.length ? at[at.length - 1].d : -1;
        at.push({ d: Math.max(p.d, before + 1), i: p.i, pipe: pipes[step[0]], sign: step[2] ? -1 : 1 });
      }
    }
    return at;
  };
  const values = (what, r) => built.map((a) => {
    const v = a.pipe[what][r]?.[a.i];
    return v === null || v === undefined ? null : v * (what === "q" ? a.sign : 1);
  });
  const km = () => built.map((a) => a.d / 1000);

  /* Lowest and highest value of each point over the whole run. */
  const envelope = (what) => {
    const low = new Array(built.length).fill(null);
    const high = new Array(built.length).fill(null);
    for (let r = 0; r < profileTime.length; r += 1) {
      values(what, r).forEach((v, i) => {
        if (v === null) return;
        if (low[i] === null || v < low[i]) low[i] = v;
        if (high[i] === null || v > high[i]) high[i] = v;
      });
    }
    return [low, high];
  };
  const extent = (...lists) => {
    const all = lists.flat().filter((v) => v !== null && v !== undefined);
    return all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  };

  const elevation = () => {
    const x = [], z = [];
    for (const [link, start, reversed] of path.pipes) {
      const pipe = pipes[link];
      const list = pipe.ex.map((d, i) => [start + (reversed ? pipe.length - d : d), pipe.ez[i]]);
      if (reversed) list.reverse();
      for (const [d, e] of list) { x.push(Math.max(d / 1000, (x[x.length - 1] ?? -1) + 1e-6)); z.push(e); }
    }
    return [x, z];
  };

  /* Stations and valves: a line upwards and a name, on as many rows as are needed. */
  const sites = () => path.sites.filter((s) => s.kind !== "resistor");
  const named = (s) => s.kind === "compressor_station" || s.kind === "control_valve";
  const drawSites = (withNames) => (u) => {
    const { ctx, bbox } = u;
    const dpr = devicePixelRatio;
    const ends = [-1e9, -1e9, -1e9];
    ctx.save();
    ctx.font = `${11.5 * dpr}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.lineWidth = dpr;
    for (const s of sites()) {
      const x = Math.round(u.valToPos(s.d / 1000, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = LP.color(named(s) ? "secondary" : "grid");
      ctx.setLineDash(named(s) ? [] : [2 * dpr, 3 * dpr]);
      let top = bbox.top;
      if (withNames && named(s)) {
        const width = ctx.measureText(s.name).width + 12 * dpr;
        const left = Math.min(Math.max(x - width / 2, bbox.left), bbox.left + bbox.width - width);
        const k = Math.max(0, ends.findIndex((e) => left > e));
        ends[k] = left + width;
        top = bbox.top - (8 + 14 * k) * dpr;
        ctx.fillStyle = LP.color("text");
        ctx.fillText(s.name, left + 6 * dpr, top - 3 * dpr);
      }
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };

  /* Lowest pressures allowed: a bar with ticks at the node, red and marked when it is crossed now. */
  const drawMinima = (u) => {
    const { ctx, bbox } = u;
    const dpr = devicePixelRatio;
    ctx.save();
    ctx.font = `${11 * dpr}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.setLineDash([]);
    const now = u.data[3];
    for (const n of path.nodes.filter((n) => n.min !== null)) {
      const x = u.valToPos(n.d / 1000, "x", true);
      const y = u.valToPos(LP.shown("pressure", n.min), "y", true);
      if (x < bbox.left || x > bbox.left + bbox.width || y > bbox.top + bbox.height || y < bbox.top) continue;
      const k = u.valToIdx(n.d / 1000);
      const low = now && now[k] !== null && now[k] < LP.shown("pressure", n.min - 1000);
      ctx.strokeStyle = LP.color(low ? "p1" : "limit");
      ctx.fillStyle = ctx.strokeStyle;
      ctx.lineWidth = (low ? 2.5 : 1.5) * dpr;
      ctx.beginPath();
      ctx.moveTo(x - 9 * dpr, y); ctx.lineTo(x + 9 * dpr, y);
      ctx.moveTo(x - 9 * dpr, y); ctx.lineTo(x - 9 * dpr, y - 4 * dpr);
      ctx.moveTo(x + 9 * dpr, y); ctx.lineTo(x + 9 * dpr, y - 4 * dpr);
      ctx.stroke();
      if (low) ctx.fillText("\u25bc below", x, y + 13 * dpr);
    }
    ctx.restore();
  };

  /* Names of places with a terminal, over the elevation. */
  const drawPlaces = (u) => {
    const { ctx, bbox } = u;
    const dpr = devicePixelRatio;
    let end = -1e9;
    ctx.save();
    ctx.font = `${11.5 * dpr}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    for (const n of path.nodes.filter((n) => n.terminals.length)) {
      const x = Math.round(u.valToPos(n.d / 1000, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      const width = ctx.measureText(n.name).width;
      const left = Math.min(Math.max(x - width / 2, bbox.left), bbox.left + bbox.width - width);
      ctx.strokeStyle = LP.color("secondary");
      ctx.beginPath(); ctx.moveTo(x, bbox.top - 5 * dpr); ctx.lineTo(x, bbox.top + 4 * dpr); ctx.stroke();
      if (left < end) continue;
      ctx.fillStyle = LP.color("text");
      ctx.fillText(n.name, left, bbox.top - 8 * dpr);
      end = left + width + 8 * dpr;
    }
    ctx.restore();
  };

  const maop = () => built.map((a) => a.pipe.max);
  const flat = (name, color, more) => ({ name, color, ...more });

  const specs = (r) => {
    const [low, high] = envelope("p");
    const [qLow, qHigh] = envelope("q");
    const minima = path.nodes.map((n) => n.min);
    const steady = profileTime.length < 2;
    const faint = { width: 0.5 };
    const pressure = {
      x: km(), quantity: "pressure", title: "Pressure", xLabel: "Distance [km]", height: 340, top: 46, right: 24,
      sync: "profile", hideX: true, range: extent(low, high, maop(), minima),
      lines: [
        flat(steady ? "Lowest" : "Lowest of the run", "faint", { ...faint, values: low }),
        flat(steady ? "Highest" : "Highest of the run", "faint", { ...faint, values: high }),
        flat("Pressure", "line0", { values: values("p", r), width: 2.25 }),
        flat("Highest allowed (MAOP)", "limit", { values: maop(), dash: [8, 4], width: 1.5 }),
      ],
      bands: [[2, 1]], under: [drawSites(true)], over: [drawMinima],
    };
    const flow = {
      x: km(), quantity: "flow", title: "Flow", height: 170, right: 24, sync: "profile", hideX: true, zero: true,
      range: extent(qLow, qHigh),
      lines: [
        flat("Lowest", "faint", { ...faint, values: qLow }),
        flat("Highest", "faint", { ...faint, values: qHigh }),
        flat("Flow", "line0", { values: values("q", r), width: 2 }),
      ],
      bands: [[2, 1]], under: [drawSites(false)],
    };
    return { pressure, flow, ground: ground(), temperature: warm ? temperature(r) : null };
  };

  /* Temperature of the gas, and what it is compared with: those of which there are values. */
  const COMPARED = [["g", "Ground", "secondary"], ["h", "Hydrate below", "limit"], ["c", "Liquid below", "line3"], ["w", "Water below", "line4"]];
  const compared = () => COMPARED.filter(([key]) => built.some((a) => a.pipe[key]));
  const temperature = (r) => {
    const [low, high] = envelope("t");
    const others = compared().map(([key, name, color]) => flat(name, color, { values: values(key, r), dash: [8, 4], width: 1.5 }));
    return {
      x: km(), quantity: "temperature", title: "Temperature", height: 220, right: 24, sync: "profile", hideX: true,
      range: extent(low, high, ...others.map((l) => l.values)),
      lines: [
        flat("Lowest", "faint", { width: 0.5, values: low }),
        flat("Highest", "faint", { width: 0.5, values: high }),
        flat("Gas", "line0", { values: values("t", r), width: 2 }),
        ...others,
      ],
      bands: [[2, 1]], under: [drawSites(false)],
    };
  };
  const warm = document.getElementById("profile-temperature") !== null;

  const ground = () => {
    const [x, z] = elevation();
    return {
      x, quantity: "elevation", title: "Elevation", xLabel: "Distance [km]", height: 160, top: 24, right: 24, sync: "profile",
      zero: true, legend: false, lines: [flat("Elevation", "secondary", { values: z, fill: "ground", width: 1.25 })],
      under: [drawSites(false)], over: [drawPlaces],
    };
  };

  const choose = (i) => {
    path = paths[i];
    built = build();
    const s = specs(row(LP.time.index()));
    if (charts) {
      charts.pressure.zoomed = charts.flow.zoomed = charts.ground.zoomed = false;
      charts.pressure.set(s.pressure);
      charts.flow.set(s.flow);
      charts.ground.set(s.ground);
      if (warm) { charts.temperature.zoomed = false; charts.temperature.set(s.temperature); }
      return;
    }
    charts = {
      pressure: LP.chart.make("profile-pressure", s.pressure),
      flow: LP.chart.make("profile-flow", s.flow),
      temperature: warm ? LP.chart.make("profile-temperature", s.temperature) : null,
      ground: LP.chart.make("profile-elevation", s.ground),
    };
  };

  const start = () => {
    if (!paths.length) return;
    choose(0);
    select.addEventListener("change", () => choose(Number(select.value)));
    LP.time.on((k) => {
      const r = row(k);
      charts.pressure.move([[2, values("p", r)]]);
      charts.flow.move([[2, values("q", r)]]);
      if (warm) charts.temperature.move(["t", ...compared().map(([key]) => key)].map((key, i) => [i + 2, values(key, r)]));
    });
  };
  return { start };
})();
