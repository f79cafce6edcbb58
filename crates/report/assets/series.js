"use strict";
/* Pressures of nodes and flows of terminals over time, of the elements that the reader chooses. */

LP.series = (() => {
  const { data } = LP;
  const epochs = data.time.map((t) => data.start + t);
  const MAX = 10;

  /* Something has a line when it has a value at some time. */
  const hasValues = (list) => list.some((v) => v !== null);

  /* A picker and its chart. `lines` makes the lines and limits of the chosen elements. */
  const picker = (id, all, first, lines, spec) => {
    const names = new Map();
    for (const e of all) names.set(names.has(e.name) ? `${e.name} (${e.id})` : e.name, e);
    let chosen = first;
    const field = document.getElementById(`series-${id}-find`);
    const chips = document.getElementById(`series-${id}-chosen`);
    const list = document.getElementById(`series-${id}-names`);
    for (const name of names.keys()) list.append(new Option(name, name));

    const chip = (e) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = e.name + " \u00d7";
      button.setAttribute("aria-label", "Remove " + e.name);
      button.addEventListener("click", () => { chosen = chosen.filter((c) => c !== e); show(); });
      return button;
    };
    const chart = LP.chart.make(`series-${id}`, { ...spec, x: epochs, time: true, xLabel: "Time [UTC]", ...lines(chosen) });
    const show = () => { chips.replaceChildren(...chosen.map(chip)); chart.set(lines(chosen)); };
    const add = (e) => { if (e && !chosen.includes(e)) { chosen = [...chosen, e].slice(-MAX); show(); } };
    field.addEventListener("change", () => { add(names.get(field.value)); field.value = ""; });
    document.getElementById(`series-${id}-fit`).addEventListener("click", () => chart.fit());
    chips.replaceChildren(...chosen.map(chip));
    LP.on("units", () => chart.set(lines(chosen)));
    return { add };
  };

  /* Nodes to begin with: those with terminals and stations tell most; few are enough. */
  const firstNodes = (all) => {
    const wanted = new Set((data.paths[0]?.nodes || []).filter((n) => n.terminals.length).map((n) => n.id));
    const found = all.filter((n) => wanted.has(n.id));
    return (found.length ? found : all).slice(-5);
  };
  const whose = (names, chosen) => {
    if (chosen.length === 1) return "";
    if (names.length === chosen.length) return "of all";
    return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(", ");
  };
  const pressures = (chosen) => {
    const limits = new Map();
    chosen.forEach((n) => {
      for (const [what, v] of [["min", n.min], ["max", n.max]]) {
        if (v === null) continue;
        const key = what + v;
        limits.set(key, { what, value: v, names: [...(limits.get(key)?.names || []), n.name] });
      }
    });
    return {
      lines: chosen.map((n, i) => ({ name: n.name, values: n.pressure, end: true, ...LP.chart.style(i) })),
      limits: [...limits.values()].map((l) => ({
        name: `${l.what} ${LP.text("pressure", l.value)} ${whose(l.names, chosen)}`,
        value: l.value,
        color: "limit",
      })),
    };
  };

  const isShort = (t) => t.flow.some((v, k) => t.asked[k] && v < t.asked[k] * 0.999);
  const flows = (chosen) => ({
    lines: chosen.flatMap((t, i) => {
      const { color } = LP.chart.style(i);
      const own = { name: t.name, values: t.flow, end: true, ...LP.chart.style(i) };
      const asked = { name: t.name + ", asked", values: t.asked, color, dash: [2, 3], width: 1.5, quiet: !isShort(t) };
      return hasValues(t.asked) ? [asked, own] : [own];
    }),
  });
  const firstTerminals = (all) => {
    const size = (t) => Math.max(...t.flow.map((v) => Math.abs(v || 0)));
    return [...all].sort((a, b) => isShort(b) - isShort(a) || size(b) - size(a)).slice(0, 5);
  };

  /* Temperatures and heating values, where the run has them. */
  const TITLES = { temperature: "Temperature", heating: "Heating value" };
  const further = (key) => {
    if (!document.getElementById("series-" + key)) return null;
    const all = data.nodes.filter((n) => hasValues(n[key]));
    const lines = (chosen) => ({ lines: chosen.map((n, i) => ({ name: n.name, values: n[key], end: true, ...LP.chart.style(i) })) });
    const spec = { quantity: key, title: TITLES[key], height: 280 };
    return { all, add: picker(key, all, firstNodes(all), lines, spec).add };
  };

  const start = () => {
    if (!document.getElementById("series-pressure")) return;
    const nodes = data.nodes.filter((n) => hasValues(n.pressure));
    const terminals = data.terminals.filter((t) => hasValues(t.flow));
    const p = picker("pressure", nodes, firstNodes(nodes), pressures, { quantity: "pressure", title: "Pressure", height: 320 });
    const q = picker("flow", terminals, firstTerminals(terminals), flows, { quantity: "flow", title: "Flow", height: 320, zero: true });
    const more = ["temperature", "heating"].map((key) => further(key)).filter((f) => f !== null);
    LP.on("select", (s) => {
      more.forEach((f) => s.nodes.forEach((id) => f.add(f.all.find((n) => n.id === id))));
      s.nodes.forEach((id) => p.add(nodes.find((n) => n.id === id)));
      s.terminals.forEach((id) => q.add(terminals.find((t) => t.id === id)));
    });
  };
  return { start };
})();
