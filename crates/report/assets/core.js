"use strict";
/* The page's data, units, numbers, theme and selection. Text goes in as text, never as markup. */

window.LP = (() => {
  const root = document.documentElement;
  root.dataset.errors = "0";
  window.addEventListener("error", () => { root.dataset.errors = String(Number(root.dataset.errors) + 1); });

  const data = JSON.parse(document.getElementById("data").textContent);
  const chosen = { pressure: 0, flow: 0 };
  const listeners = { units: [], theme: [], select: [] };

  const on = (what, f) => listeners[what].push(f);
  const tell = (what, value) => listeners[what].forEach((f) => f(value));

  /* What the reader has chosen survives a reload where the browser allows it. */
  const memory = {
    get(key) { try { return localStorage.getItem("linepack-" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("linepack-" + key, value); } catch { /* not allowed */ } },
  };

  /* Units: amounts and fuel follow the choice of flows. */
  const unit = (quantity) => {
    const list = data.units[quantity];
    const k = quantity === "amount" || quantity === "fuel" ? chosen.flow : chosen[quantity] || 0;
    return list[Math.min(k, list.length - 1)];
  };
  const shown = (quantity, si) => {
    if (si === null || si === undefined) return null;
    const u = unit(quantity);
    return si * u.factor + u.offset;
  };

  const group = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const fixed = (value, decimals) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
    const digits = Math.abs(value).toFixed(decimals);
    const [whole, part] = digits.split(".");
    const sign = value < 0 && /[1-9]/.test(digits) ? "\u2212" : "";
    return sign + group(whole) + (part ? "." + part : "");
  };
  const text = (quantity, si) => fixed(shown(quantity, si), unit(quantity).decimals);

  /* Times are UTC. */
  const two = (n) => String(n).padStart(2, "0");
  const clock = (epoch) => {
    const t = new Date(Math.round(epoch) * 1000);
    return two(t.getUTCHours()) + ":" + two(t.getUTCMinutes());
  };
  const day = (epoch) => new Date(Math.round(epoch) * 1000).toISOString().slice(0, 10);

  /* A colour of the theme, as the canvas needs it. */
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const color = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };

  const refreshNumbers = () => {
    for (const e of document.querySelectorAll("data.q")) e.textContent = text(e.dataset.q, Number(e.dataset.v));
    for (const e of document.querySelectorAll("[data-unit]")) e.textContent = unit(e.dataset.unit).label;
  };

  const fillUnits = (quantity) => {
    const select = document.getElementById("unit-" + quantity);
    data.units[quantity].forEach((u, i) => select.append(new Option(u.label, String(i))));
    const kept = Number(memory.get(quantity));
    chosen[quantity] = kept > 0 && kept < data.units[quantity].length ? kept : 0;
    select.value = String(chosen[quantity]);
    select.addEventListener("change", () => {
      chosen[quantity] = Number(select.value);
      memory.set(quantity, select.value);
      refreshNumbers();
      tell("units", quantity);
    });
  };

  const isDark = () => {
    const theme = root.dataset.theme;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const setTheme = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    const button = document.getElementById("theme");
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-pressed", String(isDark()));
    tell("theme");
  };
  const startTheme = () => {
    const kept = memory.get("theme");
    setTheme(kept === "light" || kept === "dark" ? kept : null);
    document.getElementById("theme").addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      memory.set("theme", next);
      setTheme(next);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(root.dataset.theme || null));
    /* Paper is white. */
    let before = null;
    window.addEventListener("beforeprint", () => { before = root.dataset.theme || ""; setTheme("light"); });
    window.addEventListener("afterprint", () => setTheme(before || null));
  };

  const start = () => {
    fillUnits("pressure");
    fillUnits("flow");
    refreshNumbers();
    startTheme();
  };

  return { data, on, tell, unit, shown, fixed, text, clock, day, color, memory, start };
})();
