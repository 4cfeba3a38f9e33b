"use strict";
// Plays what stands in the element "data": see docs/watching.md. Everything from outside reaches the page as text, never as markup.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const reduced = 12, mostNumbers = 64, mostCells = 16;
  let episode = data.episodes[0], step = 0, timer = null, speed = 1, showsState = true;

  function make(name, kind, text) {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function figure(value, digits) {
    if (value === null || value === undefined) return "–";
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits || 4)));
  }

  function latency(us) {
    if (us === null || us === undefined) return "–";
    return us < 1000 ? us.toPrecision(3) + " µs" : us < 1e6 ? (us / 1e3).toPrecision(3) + " ms" : (us / 1e6).toPrecision(3) + " s";
  }

  function bar(name, share, text, chosen) {
    const row = make("div", chosen ? "bar chosen" : "bar");
    row.append(make("span", "what", name));
    const track = make("span", "track"), fill = make("span", "fill");
    fill.style.width = (100 * Math.min(1, Math.max(0, share || 0))).toFixed(2) + "%";
    track.append(fill);
    row.append(track, make("span", "figure", text));
    return row;
  }

  function picture(place, what) {
    const image = make("img");
    image.src = "data:image/png;base64," + data.pictures[place];
    image.alt = what;
    return image;
  }

  function showValue(parent, parts, numbers, pictures, what) {
    let next = 0, drawn = 0;
    for (const part of parts) {
      if (part.kind === "picture") {
        parent.append(picture(pictures[drawn++], what));
        continue;
      }
      const own = numbers.slice(next, next + part.size);
      next += part.size;
      if (own.length > mostNumbers) parent.append(grid(own, part, what));
      else own.forEach((value, i) => {
        const name = parts.length + own.length > 2 ? String(next - own.length + i) : "";
        if (part.kind === "box") parent.append(bar(name, part.high === null || part.low === null || !(part.high > part.low) ? null : (value - part.low) / (part.high - part.low), figure(value)));
        else parent.append(oneOf(name, value, part.counts[i]));
      });
    }
  }

  // A choice as a row of cells, one of them lit, where they are few enough to count.
  function oneOf(name, value, count) {
    const row = make("div", "one-of");
    if (name) row.append(make("span", "what", name));
    if (count <= mostCells) for (let i = 0; i < count; i++) row.append(make("span", i === value ? "cell lit" : "cell", String(i)));
    else row.append(make("b", "", figure(value)), make("span", "caption", " of 0…" + (count - 1)));
    return row;
  }

  // Many numbers as a field of grey cells, as the last dimension lays them out.
  function grid(values, part, what) {
    const width = Math.max(1, Math.min(values.length, part.shape ? part.shape[part.shape.length - 1] : Math.ceil(Math.sqrt(values.length))));
    const known = values.filter(value => value !== null), low = Math.min(...known), high = Math.max(...known);
    const canvas = make("canvas");
    canvas.width = width;
    canvas.height = Math.ceil(values.length / width);
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height);
    values.forEach((value, i) => {
      const grey = high > low ? 255 * (value - low) / (high - low) : 128;
      image.data.set([grey, grey, grey, 255], 4 * i);
    });
    context.putImageData(image, 0, 0);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", what + ": " + values.length + " numbers from " + figure(low) + " to " + figure(high));
    return canvas;
  }

  function showChoice(parent, action, meaning) {
    if (!action.length) {
      parent.append(make("p", "caption", "The episode has ended, so nothing was chosen here."));
      return;
    }
    let component = 0, from = 0;
    for (const part of data.action) {
      if (part.kind === "box") {
        for (let i = 0; i < part.size; i++, component++) {
          const row = make("p", "number", (action.length > 1 ? component + ": " : "") + figure(action[component]));
          if (meaning.length) row.append(make("span", "caption", " mean " + figure(meaning[from + i]) + " ± " + figure(meaning[from + part.size + i])));
          parent.append(row);
          if (part.low !== null && part.high !== null && part.high > part.low) parent.append(bar("", (action[component] - part.low) / (part.high - part.low), "", true));
        }
        from += 2 * part.size;
        continue;
      }
      for (const count of part.counts) {
        const chosen = action[component];
        parent.append(make("p", "number", (action.length > 1 ? component + ": " : "") + "chose " + chosen));
        if (meaning.length) {
          let shown = Array.from({ length: count }, (_, i) => i);
          if (count > reduced) shown = shown.sort((a, b) => (b === chosen) - (a === chosen) || meaning[from + b] - meaning[from + a]).slice(0, reduced).sort((a, b) => a - b);
          for (const i of shown) parent.append(bar(String(i), meaning[from + i], meaning[from + i].toFixed(3), i === chosen));
          if (count > reduced) parent.append(make("p", "caption", "The " + reduced + " likeliest of " + count + "."));
        }
        from += count;
        component++;
      }
    }
  }

  // Charts: the skeletons stand in the page; here they get their lines. Long episodes are drawn with one point per few pixels.
  function chart(name, lines, options) {
    const svg = at(name), box = svg.getBoundingClientRect(), width = Math.max(280, Math.round(box.width || 600)), height = 150;
    const left = 62, right = width - 10, top = 10, bottom = height - 22, count = episode.reward.length;
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    const all = lines.flatMap(line => line.values).concat((options.levels || []).map(level => level.value)).filter(value => value !== null && Number.isFinite(value));
    let low = all.reduce((a, b) => Math.min(a, b), Infinity), high = all.reduce((a, b) => Math.max(a, b), -Infinity);
    if (!(low <= high)) [low, high] = [0, 1];
    const flat = options.log ? value => Math.log10(Math.max(value, 1e-3)) : value => value;
    let from = flat(low), to = flat(high);
    const air = to > from ? (to - from) * 0.06 : 0.5;
    [from, to] = [from - air, to + air];
    const x = i => left + (right - left) * (count > 1 ? i / (count - 1) : 0), y = value => bottom - (bottom - top) * (flat(value) - from) / (to - from);
    svg.querySelector(".axis").setAttribute("d", "M" + left + "," + top + "V" + bottom + "H" + right);
    lines.forEach((line, n) => {
      const every = Math.max(1, Math.floor(count / (2 * width)));
      let path = "", pen = "M";
      for (let i = 0; i < line.values.length; i += every) {
        // Of the points that fall together the largest stands for a latency, the last for a sum.
        let value = line.values[Math.min(i + every, line.values.length) - 1];
        if (options.log) for (let k = i; k < Math.min(i + every, line.values.length); k++) if (line.values[k] !== null && (value === null || line.values[k] > value)) value = line.values[k];
        if (value === null) { pen = "M"; continue; }
        path += pen + x(i).toFixed(1) + "," + y(value).toFixed(1);
        pen = "L";
      }
      svg.querySelectorAll(".line")[n].setAttribute("d", path);
    });
    place(svg, ".high", left - 6, y(high) + 4, options.text(high));
    place(svg, ".low", left - 6, y(low) + 4, high > low ? options.text(low) : "");
    place(svg, ".first", left, height - 6, "1");
    place(svg, ".last", right, height - 6, String(count));
    for (const level of options.levels || []) {
      const line = svg.querySelector(level.at), inside = level.value !== null;
      line.setAttribute("d", inside ? "M" + left + "," + y(level.value) + "H" + right : "");
      place(svg, level.at + "-text", right - 4, inside ? y(level.value) - 4 : 0, inside ? level.text : "");
    }
    svg.dataset.left = left;
    svg.dataset.right = right;
    svg.querySelector(".cursor").setAttribute("d", "");
  }

  function place(svg, selector, x, y, text) {
    const element = svg.querySelector(selector);
    element.setAttribute("x", x);
    element.setAttribute("y", y);
    element.textContent = text;
  }

  function cursor(name) {
    const svg = at(name);
    if (!svg) return;
    const count = episode.reward.length, left = Number(svg.dataset.left), right = Number(svg.dataset.right);
    const x = left + (right - left) * (count > 1 ? Math.min(step, count - 1) / (count - 1) : 0);
    svg.querySelector(".cursor").setAttribute("d", count ? "M" + x.toFixed(1) + ",10V128" : "");
  }

  function drawCharts() {
    let sum = 0;
    episode.returns = episode.reward.map(reward => sum += reward);
    chart("returns", [{ values: episode.returns }, { values: data.policy ? episode.value : [] }], { text: value => figure(value, 3) });
    if (data.policy) {
      const warm = (value, i) => i >= episode.warmup ? value : null, cold = (value, i) => i < episode.warmup ? value : null;
      chart("latencies", [{ values: episode.latency.map(warm) }, { values: episode.latency.map(cold) }], {
        log: true, text: latency,
        levels: [{ at: ".p50", value: data.latency.p50, text: "p50 " + latency(data.latency.p50) }, { at: ".p99", value: data.latency.p99, text: "p99 " + latency(data.latency.p99) }],
      });
    }
  }

  function show() {
    const last = episode.observation.length - 1;
    step = Math.min(Math.max(step, 0), last);
    at("scrub").max = String(last);
    at("scrub").value = String(step);
    const acted = step < episode.reward.length, soFar = step > 0 ? episode.returns[step - 1] : 0;
    at("scrub").setAttribute("aria-valuetext", "step " + step + " of " + episode.length);
    const status = at("status");
    status.replaceChildren();
    const fact = (name, text) => {
      const pair = make("span", "fact");
      pair.append(make("span", "name-of", name), make("b", "", text));
      status.append(pair);
    };
    fact("step", step + " / " + episode.length);
    fact("return so far", figure(soFar));
    fact("reward of this choice", acted ? figure(episode.reward[step]) : "–");
    if (data.policy) {
      fact("value", acted ? figure(episode.value[step]) : "–");
      fact("latency", acted ? latency(episode.latency[step]) + (step < episode.warmup ? " (warm-up)" : "") : "–");
    }
    if (step === last) fact("end", episode.end);
    const seen = at("seen"), truth = at("truth"), choice = at("choice");
    for (const element of [seen, truth, choice]) element.replaceChildren();
    showValue(seen, data.observation, episode.observation[step], episode.observationPictures[step], "What the agent saw");
    if (episode.picture[step] >= 0) truth.append(picture(episode.picture[step], "The true state"));
    if (episode.text[step] >= 0) truth.append(make("pre", "", data.texts[episode.text[step]]));
    if (data.fullState) {
      const details = make("details");
      details.open = showsState;
      details.append(make("summary", "", "Full state"));
      showValue(details, data.fullState, episode.fullState[step], episode.fullStatePictures[step], "Full state");
      details.addEventListener("toggle", () => { if (details.isConnected) showsState = details.open; });
      truth.append(details);
    }
    if (!truth.childElementCount) truth.append(make("p", "caption", "This environment draws itself neither as text nor as a picture."));
    showChoice(choice, acted ? episode.action[step] : [], acted ? episode.meaning[step] : []);
    cursor("returns");
    cursor("latencies");
  }
  function go(to) {
    step = to;
    show();
  }

  function play(on) {
    if (timer !== null) clearInterval(timer);
    timer = null;
    const last = episode.observation.length - 1;
    if (on && step >= last) step = 0;
    if (on) {
      // Beyond what a screen shows, steps are left out instead of being late.
      const rate = data.rate * speed, stride = Math.max(1, Math.round(rate / 30));
      timer = setInterval(() => {
        go(step + stride);
        if (step >= last) play(false);
      }, 1000 * stride / rate);
      show();
    }
    at("play").textContent = on ? "Pause" : "Play";
    at("play").setAttribute("aria-pressed", String(on));
  }

  function choose(number) {
    play(false);
    episode = data.episodes[number];
    step = 0;
    drawCharts();
    show();
  }

  data.episodes.forEach((one, i) => {
    const option = make("option", "", (one.number + 1) + ": return " + figure(one.return, 3) + ", " + one.length + " steps");
    option.value = String(i);
    at("episode").append(option);
  });
  at("episode").addEventListener("change", event => choose(Number(event.target.value)));
  at("play").addEventListener("click", () => play(timer === null));
  at("back").addEventListener("click", () => { play(false); go(step - 1); });
  at("next").addEventListener("click", () => { play(false); go(step + 1); });
  at("scrub").addEventListener("input", event => { play(false); go(Number(event.target.value)); });
  at("speed").addEventListener("change", event => { speed = Number(event.target.value); if (timer !== null) play(true); });
  for (const name of ["returns", "latencies"]) {
    const svg = at(name);
    if (svg) svg.addEventListener("click", event => {
      const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width, left = Number(svg.dataset.left), right = Number(svg.dataset.right);
      play(false);
      go(Math.round(((event.clientX - box.left) * scale - left) / (right - left) * (episode.reward.length - 1)));
    });
  }
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || ["SELECT", "SUMMARY"].includes(event.target.tagName)) return;
    const last = episode.observation.length - 1;
    const to = { ArrowRight: step + 1, ArrowLeft: step - 1, Home: 0, End: last, PageDown: step + 10, PageUp: step - 10 }[event.key];
    if (to !== undefined) { play(false); go(to); }
    else if (event.key === " ") play(timer === null);
    else return;
    event.preventDefault();
  });
  // A button would take the space bar's release as a click, after the key has done its work.
  document.addEventListener("keyup", event => { if (event.key === " " && event.target.tagName === "BUTTON") event.preventDefault(); });
  window.addEventListener("resize", () => { drawCharts(); show(); });
  at("player").hidden = false;
  drawCharts();
  show();
})();
