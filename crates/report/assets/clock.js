"use strict";
/* One time for the map and the profile: a slider, and play. */

LP.time = (() => {
  const times = LP.data.time;
  const last = times.length - 1;
  const listeners = [];
  let index = Math.max(0, last);
  let timer = null;

  const slider = document.getElementById("clock");
  const output = document.getElementById("clock-text");
  const button = document.getElementById("clock-play");
  const epoch = (k) => LP.data.start + (times[k] || 0);

  const show = (k) => {
    index = Math.max(0, Math.min(last, k));
    if (slider) {
      const words = `${LP.day(epoch(index))} ${LP.clock(epoch(index))} UTC`;
      slider.value = String(index);
      slider.setAttribute("aria-valuetext", words);
      output.textContent = `${words}  (${LP.fixed(times[index] / 3600, 2)} h)`;
    }
    listeners.forEach((f) => f(index));
  };

  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = "\u25b6\ufe0e Play";
    button.setAttribute("aria-label", "Play");
  };
  const play = () => {
    if (index >= last) show(0);
    button.textContent = "\u275a\u275a Pause";
    button.setAttribute("aria-label", "Pause");
    timer = setInterval(() => { if (index >= last) stop(); else show(index + 1); }, 140);
  };

  const start = () => {
    if (slider) {
      slider.max = String(last);
      slider.addEventListener("input", () => { if (timer) stop(); show(Number(slider.value)); });
      button.addEventListener("click", () => (timer ? stop() : play()));
    }
    show(index);
  };

  return { on: (f) => listeners.push(f), start, epoch, index: () => index };
})();
