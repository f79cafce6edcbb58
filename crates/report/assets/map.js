"use strict";
/* The map at the time chosen: numbers, arrows, and marks on what is beyond a limit. */

LP.map = (() => {
  const by = (list) => new Map(list.map((e) => [e.id, e]));
  const nodes = by(LP.data.nodes);
  const edges = by(LP.data.edges);
  const terminals = by(LP.data.terminals);
  const svg = document.getElementById("network");
  let time = 0;

  /* What places and lines are coloured by: a key of the nodes, or the number of a supply. */
  let colour = "";
  const quantity = () => (colour === "temperature" || colour === "heating" ? colour : "share");
  const valueOf = (n, k) => (quantity() === "share" ? n?.shares?.[Number(colour)]?.[k] : n?.[colour]?.[k]);

  const value = (of, id) => {
    if (of === "node" && colour) return [quantity(), valueOf(nodes.get(id), time)];
    if (of === "node") return ["pressure", nodes.get(id)?.pressure[time]];
    if (of === "edge") return ["flow", edges.get(id)?.flow[time]];
    return ["flow", terminals.get(id)?.flow[time]];
  };

  const numbers = () => {
    for (const e of svg.querySelectorAll("[data-live]")) {
      const [quantity, si] = value(e.dataset.live, e.dataset.id);
      e.textContent = LP.text(quantity, e.dataset.live === "edge" && si !== null ? Math.abs(si) : si);
    }
  };

  const losses = () => {
    for (const e of svg.querySelectorAll("[data-lost]")) {
      const ids = JSON.parse(e.closest(".place").dataset.terminals);
      e.textContent = LP.text("flow", ids.reduce((sum, id) => sum + (terminals.get(id)?.flow[time] || 0), 0));
    }
  };

  const arrows = () => {
    const most = Math.max(...LP.data.edges.map((e) => Math.abs(e.flow[time] || 0)), 0);
    for (const e of svg.querySelectorAll("[data-edge]")) {
      const flow = edges.get(e.dataset.edge)?.flow[time] || 0;
      e.classList.toggle("back", flow < 0);
      e.classList.toggle("rest", Math.abs(flow) <= most * 1e-4);
    }
  };

  /* In words, what is wrong at a place now; empty when nothing is. */
  const wrong = (place) => {
    const out = [];
    for (const id of JSON.parse(place.dataset.nodes || "[]")) {
      const n = nodes.get(id);
      const p = n?.pressure[time];
      if (p === null || p === undefined) continue;
      if (n.min !== null && p < n.min - 1000) out.push("\u25bc below " + LP.text("pressure", n.min));
      if (n.max !== null && p > n.max + 1000) out.push("\u25b2 above " + LP.text("pressure", n.max));
    }
    for (const id of JSON.parse(place.dataset.terminals || "[]")) {
      const t = terminals.get(id);
      const [flow, asked] = [t?.flow[time], t?.asked[time]];
      if (t?.kind === "off_take" && asked && flow < asked * 0.999) out.push("\u25bc short of " + LP.text("flow", asked));
      if (t?.kind === "leak" && flow > 0) out.push("\u25b2 lost " + LP.text("flow", flow));
    }
    return out[0] || "";
  };

  const marks = () => {
    for (const place of svg.querySelectorAll(".place:not(.off)")) {
      const words = wrong(place);
      place.classList.toggle("bad", words !== "");
      const label = place.querySelector(".warn");
      if (label) label.textContent = words ? words.slice(0, 1) : "";
      place.dataset.wrong = words;
    }
  };

  /* Dark blue to yellow, even in lightness, so that it also reads without colour. */
  const STOPS = [[38, 70, 130], [60, 120, 150], [95, 165, 135], [165, 200, 95], [250, 220, 70]];
  const mixed = (share) => {
    const at = Math.min(Math.max(share, 0), 1) * (STOPS.length - 1);
    const i = Math.min(Math.floor(at), STOPS.length - 2);
    return `rgb(${STOPS[i].map((c, k) => Math.round(c + (STOPS[i + 1][k] - c) * (at - i))).join(", ")})`;
  };
  /* The scale is that of the whole run, so that colours mean the same at all times. */
  const scale = () => {
    if (quantity() === "share") return [0, 1];
    const all = LP.data.nodes.flatMap((n) => n[colour] || []).filter((v) => v !== null);
    return all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  };
  const colours = () => {
    const out = document.getElementById("map-scale");
    if (!out) return;
    const [low, high] = colour ? scale() : [0, 1];
    const of = (v) => (v === null || v === undefined ? "" : mixed(high > low ? (v - low) / (high - low) : 0.5));
    for (const line of svg.querySelectorAll("[data-edge]")) {
      const ends = (LP.data.ends[line.dataset.edge] || []).map((id) => valueOf(nodes.get(id), time)).filter((v) => v !== null && v !== undefined);
      const mean = ends.length ? ends.reduce((a, b) => a + b, 0) / ends.length : null;
      line.querySelector(".line").style.stroke = colour ? of(mean) : "";
    }
    for (const place of svg.querySelectorAll(".place")) {
      const first = JSON.parse(place.dataset.nodes || "[]")[0];
      const node = place.querySelector("circle.node");
      if (node) node.style.fill = colour ? of(valueOf(nodes.get(first), time)) : "";
    }
    const bar = document.createElement("span");
    bar.className = "scale-bar";
    bar.style.background = `linear-gradient(to right, ${STOPS.map((s) => `rgb(${s.join(", ")})`).join(", ")})`;
    const label = LP.unit(quantity()).label;
    out.replaceChildren(...(colour ? [LP.text(quantity(), low), " ", bar, " ", `${LP.text(quantity(), high)} ${label}; numbers at places are these.`] : []));
  };

  const show = (k) => { time = k; numbers(); losses(); arrows(); marks(); colours(); describe(); };

  /* What is chosen, in words; the charts over time follow. */
  let chosen = null;
  const describe = () => {
    const out = document.getElementById("map-chosen");
    if (!chosen || !out) return;
    const title = chosen.querySelector("title").textContent;
    const first = JSON.parse(chosen.dataset.nodes || "[]")[0];
    const p = nodes.get(first)?.pressure[time];
    const pressure = p ? `: ${LP.text("pressure", p)} ${LP.unit("pressure").label}` : "";
    const words = chosen.dataset.wrong ? ` \u2013 ${chosen.dataset.wrong}` : "";
    out.textContent = `Chosen: ${title}${pressure}${words}. Added to the charts over time.`;
  };
  const choose = (place) => {
    if (chosen) chosen.classList.remove("chosen");
    chosen = place;
    place.classList.add("chosen");
    describe();
    LP.tell("select", { nodes: JSON.parse(place.dataset.nodes || "[]"), terminals: JSON.parse(place.dataset.terminals || "[]") });
  };

  const start = () => {
    if (!svg) return;
    svg.addEventListener("click", (e) => { const place = e.target.closest(".place"); if (place) choose(place); });
    svg.addEventListener("keydown", (e) => {
      const place = e.target.closest(".place");
      if (place && (e.key === "Enter" || e.key === " ")) { e.preventDefault(); choose(place); }
    });
    const select = document.getElementById("map-colour");
    if (select) select.addEventListener("change", () => { colour = select.value; show(time); });
    LP.on("units", () => show(time));
    LP.time.on(show);
  };
  return { start };
})();
