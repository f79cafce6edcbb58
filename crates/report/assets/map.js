"use strict";
/* The map at the time chosen: numbers, arrows, and marks on what is beyond a limit. */

LP.map = (() => {
  const by = (list) => new Map(list.map((e) => [e.id, e]));
  const nodes = by(LP.data.nodes);
  const edges = by(LP.data.edges);
  const terminals = by(LP.data.terminals);
  const svg = document.getElementById("network");
  let time = 0;

  const value = (of, id) => {
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

  const show = (k) => { time = k; numbers(); losses(); arrows(); marks(); describe(); };

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
    LP.on("units", () => show(time));
    LP.time.on(show);
  };
  return { start };
})();
