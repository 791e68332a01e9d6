"use strict";
(() => {
  // Texts of the data reach the page only as text nodes and through setAttribute; nothing is parsed as HTML.
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const PAGE = { events: 50, contested: 10, articles: 10 };
  const KINDS = ["trigger", "actor", "target", "location", "date"];
  const RANK = ["trigger", "actor", "target", "location", "date", "source", "cue"];

  const value = (table, column, row) => {
    const cells = data[table][column];
    return cells.v ? cells.v[cells.i[row]] : cells[row];
  };
  const event = (column, row) => value("events", column, row);
  const claim = (column, row) => value("claims", column, row);

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, text] of Object.entries(attributes || {})) if (text !== null && text !== false) node.setAttribute(key, text);
    for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") node.append(child);
    return node;
  }
  const plain = (name, text, type) => el(name, { class: type || null, dir: "auto" }, text === null ? "" : String(text));
  const words = (text) => String(text || "").replaceAll("_", " ");

  function push(map, key, item) { if (map.has(key)) map.get(key).push(item); else map.set(key, [item]); }
  const claimsOf = new Map(), claimsIn = new Map(), sentencesOf = new Map(), marksIn = new Map(), against = new Map();
  for (let k = 0; k < data.claims.n; k++) {
    if (data.claims.event[k] >= 0) push(claimsOf, data.claims.event[k], k);
    push(claimsIn, data.claims.sentence[k], k);
  }
  for (let k = 0; k < data.sentences.n; k++) push(sentencesOf, data.sentences.article[k], k);
  for (const [sentence, ...mark] of data.marks) push(marksIn, sentence, mark);
  for (const [e, c] of data.against) push(against, e, c);

  /* ---- filter ---- */
  const state = { place: null, shown: [], pages: { events: 0, contested: 0, articles: 0 }, articles: [] };
  const all = Array.from({ length: data.events.n }, (_, k) => k);
  let haystack = null;
  function searchable() {
    const columns = ["sub_event_type", "actor1", "actor2", "location", "admin1", "country", "notes", "event_date"];
    haystack ||= all.map((k) => [...columns.map((c) => event(c, k)), ...(event("sources", k) || [])].join("\n").toLowerCase());
    return haystack;
  }
  function refilter() {
    const type = byId("type").value, country = byId("country").value, find = byId("find").value.trim().toLowerCase();
    const only = byId("only-contested").checked;
    state.shown = all.filter((k) =>
      (!type || event("event_type", k) === type) && (!country || event("country", k) === country) &&
      (!only || event("contested", k)) && (state.place === null || data.events.place[k] === state.place) &&
      (!find || searchable()[k].includes(find)));
    state.pages.events = state.pages.contested = 0;
    byId("status").textContent = state.shown.length === all.length ? `${all.length} events` : `${state.shown.length} of ${all.length} events`;
    drawEvents(); drawContested(); drawTimeline(); drawMap();
  }

  /* ---- pages ---- */
  function pager(name, total, draw) {
    const size = PAGE[name], last = Math.max(0, Math.ceil(total / size) - 1);
    const page = (state.pages[name] = Math.min(state.pages[name], last));
    for (const box of document.querySelectorAll(`.pager[data-for="${name}"]`)) {
      box.replaceChildren();
      if (total <= size) continue;
      const go = (to, label, off) => {
        const button = el("button", { type: "button", "aria-label": label[1] }, label[0]);
        button.disabled = off;
        button.addEventListener("click", () => { state.pages[name] = to; draw(); byId(name).scrollIntoView(); });
        return button;
      };
      box.append(go(0, ["«", "first page"], page === 0), go(page - 1, ["‹", "previous page"], page === 0),
        `${page * size + 1}–${Math.min(total, (page + 1) * size)} of ${total}`,
        go(page + 1, ["›", "next page"], page === last), go(last, ["»", "last page"], page === last));
    }
    return [page * size, Math.min(total, (page + 1) * size)];
  }

  /* ---- events ---- */
  function toll(k) {
    const low = event("fatalities_low", k), high = event("fatalities_high", k), best = event("fatalities", k);
    return low === high && low === best ? String(best) : `${best} (${low}–${high})`;
  }
  function drawEvents() {
    const [from, to] = pager("events", state.shown.length, drawEvents);
    const body = byId("event-rows");
    body.replaceChildren(...state.shown.slice(from, to).map(eventRow));
    if (!state.shown.length) body.append(el("tr", {}, el("td", { colspan: 6, class: "none" }, "No event fits the filter.")));
  }
  function dot(k) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    svg.setAttribute("class", "dot"); svg.setAttribute("viewBox", "0 0 10 10"); svg.setAttribute("aria-hidden", "true");
    rect.setAttribute("class", "t" + data.types.indexOf(event("event_type", k))); rect.setAttribute("width", 10); rect.setAttribute("height", 10);
    svg.append(rect);
    return svg;
  }
  function eventRow(k) {
    const open = el("button", { type: "button", class: "link", "aria-expanded": "false" }, event("event_date", k));
    const about = ["", "", "about ", "month of "][event("time_precision", k)];
    const where = [event("location", k), event("admin1", k), event("country", k)].filter((p, i, list) => p && list.indexOf(p) === i);
    const row = el("tr", { "data-event": k },
      el("td", {}, about, open),
      el("td", {}, dot(k), event("sub_event_type", k)),
      plain("td", where.join(", ")),
      el("td", {}, plain("div", event("actor1", k) || "nobody known"), event("actor2", k) ? plain("div", event("actor2", k)) : null),
      el("td", {}, toll(k)),
      el("td", {}, support(k)));
    open.addEventListener("click", () => {
      const shown = open.getAttribute("aria-expanded") === "true";
      open.setAttribute("aria-expanded", String(!shown));
      if (shown) row.nextSibling.remove(); else row.after(detail(k));
    });
    return row;
  }
  function support(k) {
    const badge = (text, type) => el("span", { class: "badge " + (type || "") }, text);
    const articles = event("n_articles", k);
    return [badge(`${articles} article${articles === 1 ? "" : "s"}`), event("contested", k) ? badge("contested", "bad") : null,
      event("corroborated", k) ? badge("corroborated") : null, ...(event("claim_types", k) || []).map((t) => badge(words(t)))];
  }
  function detail(k) {
    const cards = [...(claimsOf.get(k) || []).map((c) => account(c, false)), ...(against.get(k) || []).map((c) => account(c, true))];
    return el("tr", { class: "detail" }, el("td", { colspan: 6 }, plain("p", event("notes", k)), el("div", { class: "accounts" }, cards)));
  }

  /* ---- accounts, side by side ---- */
  function speaker(c) {
    if (claim("source_type", c) === null) return "the article itself";
    return data.claims.chain[c] || words(claim("source_type", c));
  }
  function account(c, isAgainst) {
    const dead = claim("fatalities", c), s = data.claims.sentence[c], a = data.sentences.article[s];
    const open = el("button", { type: "button", class: "link" }, value("articles", "publisher", a) || value("articles", "article_id", a) || "article");
    open.addEventListener("click", () => showArticle(a));
    const interest = claim("source_interest", c);
    return el("div", { class: "account" + (isAgainst || claim("claim_type", c) === "denial" ? " against" : "") },
      el("div", {}, el("span", { class: "badge" + (isAgainst ? " bad" : "") }, words(claim("claim_type", c))), el("span", { class: "badge" }, words(claim("event_status", c))),
        interest && interest !== "unknown" && interest !== "neutral" ? el("span", { class: "badge" }, words(interest)) : null),
      el("p", {}, plain("b", speaker(c)), claim("cue_text", c) ? plain("span", ` (${claim("cue_text", c)})`, "small") : null),
      plain("blockquote", data.sentences.text[s]),
      el("p", { class: "small" }, dead === null ? "no toll given" : `deaths: ${dead}`, claim("fatalities_text", c) ? plain("span", ` “${claim("fatalities_text", c)}”`) : null, " · ", open));
  }
  function drawContested() {
    const list = state.shown.filter((k) => event("contested", k));
    const [from, to] = pager("contested", list.length, drawContested);
    byId("contested-list").replaceChildren(...list.slice(from, to).map((k) => el("div", { class: "case", "data-event": k },
      plain("h3", `${event("event_date", k)}, ${event("location", k)} (${event("country", k)}): ${event("sub_event_type", k)}`),
      plain("p", [event("actor1", k), event("actor2", k)].filter(Boolean).join(" – ") + ` · deaths ${toll(k)}`, "small"),
      el("div", { class: "accounts" }, (claimsOf.get(k) || []).map((c) => account(c, false)), (against.get(k) || []).map((c) => account(c, true))))));
    if (!list.length) byId("contested-list").append(el("p", { class: "none" }, "No contested event fits the filter."));
  }

  /* ---- articles ---- */
  function drawArticles() {
    const [from, to] = pager("articles", state.articles.length, drawArticles);
    byId("article-list").replaceChildren(...state.articles.slice(from, to).map(article));
    if (!state.articles.length) byId("article-list").append(el("p", { class: "none" }, "No article found."));
  }
  function findArticles() {
    const find = byId("find-article").value.trim().toLowerCase();
    const has = (a) => ["title", "publisher", "article_id"].some((c) => String(value("articles", c, a) || "").toLowerCase().includes(find)) ||
      (sentencesOf.get(a) || []).some((s) => data.sentences.text[s].toLowerCase().includes(find));
    state.articles = Array.from({ length: data.articles.n }, (_, k) => k).filter((a) => !find || has(a));
    state.pages.articles = 0;
    drawArticles();
  }
  function showArticle(a) {
    byId("find-article").value = "";
    findArticles();
    state.pages.articles = Math.floor(state.articles.indexOf(a) / PAGE.articles);
    drawArticles();
    const node = document.querySelector(`article[data-article="${a}"]`);
    if (node) { node.scrollIntoView(); node.focus({ preventScroll: true }); }
  }
  function article(a) {
    const url = value("articles", "url", a), title = value("articles", "title", a) || value("articles", "article_id", a);
    const safe = /^https?:\/\//i.test(url || "");
    const head = safe ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, title) : plain("span", title);
    const line = [value("articles", "publisher", a), value("articles", "published", a), safe ? null : url].filter(Boolean).join(" · ");
    return el("article", { "data-article": a, tabindex: "-1" }, el("h3", {}, head), plain("p", line, "small"), (sentencesOf.get(a) || []).map(sentence));
  }
  function sentence(s) {
    const claims = claimsIn.get(s) || [], start = data.sentences.start[s];
    const spans = []; // kind, start, end, claims
    const add = (kind, from, to, c) => {
      const same = spans.find((x) => x[0] === kind && x[1] === from && x[2] === to);
      if (same) same[3].push(c); else spans.push([kind, from, to, c === null ? [] : [c]]);
    };
    for (const c of claims) KINDS.forEach((kind, k) => {
      const from = data.claims.spans[c][2 * k], to = data.claims.spans[c][2 * k + 1];
      if (from !== null && to !== null) add(kind, from - start, to - start, c);
    });
    for (const [kind, from, to] of marksIn.get(s) || []) add(kind, from, to, null);
    const text = el("p", { class: "sentence", dir: "auto" }, segments(data.sentences.text[s], spans));
    return el("div", {}, text, el("ul", { class: "claims" }, claims.map((c) => claimLine(c, text))));
  }
  function segments(text, spans) {
    const points = Array.from(text); // offsets count code points, strings count UTF-16 units
    const inside = spans.map(([kind, from, to, c]) => [kind, Math.max(0, from), Math.min(points.length, to), c]).filter((x) => x[1] < x[2]);
    const cuts = [...new Set([0, points.length, ...inside.flatMap((x) => [x[1], x[2]])])].sort((x, y) => x - y);
    return cuts.slice(0, -1).map((from, k) => {
      const to = cuts[k + 1], piece = points.slice(from, to).join("");
      const over = inside.filter((x) => x[1] <= from && x[2] >= to).sort((x, y) => RANK.indexOf(x[0]) - RANK.indexOf(y[0]));
      if (!over.length) return piece;
      const node = el("mark", { class: over[0][0], tabindex: "0" }, piece);
      node.claims = new Set(over.flatMap((x) => x[3]));
      node.tip = over.map(([kind, , , list]) => list.length ? list.map((c) => about(kind, c)).filter((t, i, l) => l.indexOf(t) === i).join("\n") : kind).join("\n");
      return node;
    });
  }
  function about(kind, c) {
    const join = (...parts) => parts.filter((p) => p !== null && p !== "").join(", ");
    if (kind === "trigger") return join(`trigger: ${claim("sub_event_type", c) || claim("plover_event", c) || "no type"}`, words(claim("event_status", c)), `rule ${claim("rule_id", c)}`, claim("decision", c) && `decision ${claim("decision", c)}`);
    if (kind === "location") return `place: ${join(claim("location_name", c), claim("country", c)) || "not resolved"}`;
    if (kind === "date") return `date: ${claim("event_date", c) || "not resolved"}`;
    return `${kind}: ${join(claim(kind + "_name", c) || "in no dictionary", claim(kind + "_type", c))}`;
  }
  function claimLine(c, text) {
    const parts = [claim("sub_event_type", c) || claim("plover_event", c) || words(claim("rule_id", c)), words(claim("event_status", c)), words(claim("claim_type", c))];
    const line = el("li", { tabindex: "0", class: data.claims.event[c] < 0 ? "out" : null, "data-claim": c },
      el("b", {}, claim("trigger_text", c)), " ", parts.join(" · "), " · according to ", plain("span", speaker(c)),
      claim("exportable", c) ? null : ` · not exported: ${words(claim("export_reason", c))}`);
    const focus = (on) => {
      text.classList.toggle("focus", on);
      for (const mark of text.querySelectorAll("mark")) mark.classList.toggle("on", on && mark.claims.has(c));
    };
    for (const [name, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) line.addEventListener(name, () => focus(on));
    return line;
  }

  /* ---- details of marks ---- */
  const tip = byId("tip");
  function showTip(mark) {
    tip.textContent = mark.tip;
    tip.hidden = false;
    const box = mark.getBoundingClientRect(), own = tip.getBoundingClientRect();
    const left = Math.max(6, Math.min(box.left, document.documentElement.clientWidth - own.width - 6));
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(box.top > own.height + 12 ? box.top - own.height - 6 : box.bottom + 6) + scrollY}px`;
  }
  for (const name of ["mouseover", "focusin", "click"]) byId("article-list").addEventListener(name, (e) => {
    const mark = e.target.closest && e.target.closest("mark");
    if (mark && mark.tip) showTip(mark); else tip.hidden = true;
  });
  byId("article-list").addEventListener("mouseleave", () => { tip.hidden = true; });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") tip.hidden = true; });

  /* ---- timeline ---- */
  function drawTimeline() {
    const groups = document.querySelectorAll("#timeline g");
    if (!groups.length) return;
    const width = data.types.length, counts = new Int32Array(groups.length * width), totals = new Int32Array(groups.length);
    for (const k of state.shown) { const b = data.events.bin[k]; counts[b * width + data.types.indexOf(event("event_type", k))]++; totals[b]++; }
    const top = Math.max(1, totals.reduce((x, y) => Math.max(x, y), 0));
    byId("timeline-top").textContent = top;
    groups.forEach((group, b) => {
      let base = 100;
      group.querySelectorAll("rect").forEach((rect, t) => {
        const size = (100 * counts[b * width + t]) / top;
        base -= size;
        rect.setAttribute("y", base); rect.setAttribute("height", size);
      });
      const title = group.querySelector("title");
      title.textContent = title.textContent.replace(/\d+$/, totals[b]);
    });
  }

  /* ---- map ---- */
  const map = byId("map"), circles = [...map.querySelectorAll("circle")], labels = [...map.querySelectorAll("text")];
  const home = map.dataset.home.split(" ").map(Number);
  let view = [...home];
  const firstScale = home[2] / 900;
  function drawMap() {
    const counts = new Int32Array(circles.length), kinds = circles.map(() => new Map());
    for (const k of state.shown) {
      const p = data.events.place[k], t = data.types.indexOf(event("event_type", k));
      counts[p]++; kinds[p].set(t, (kinds[p].get(t) || 0) + 1);
    }
    map.setAttribute("viewBox", view.join(" "));
    const shape = map.getBoundingClientRect();
    const scale = shape.width ? Math.max(view[2] / shape.width, view[3] / shape.height) : firstScale;
    circles.forEach((circle, p) => {
      circle.setAttribute("r", counts[p] ? Math.min(26, 2.5 + 2 * Math.sqrt(counts[p])) * scale : 0);
      circle.classList.toggle("chosen", p === state.place);
      const most = [...kinds[p]].sort((x, y) => y[1] - x[1])[0];
      if (most) for (let t = 0; t < data.types.length; t++) circle.classList.toggle("t" + t, t === most[0]);
      const title = circle.querySelector("title");
      title.textContent = title.textContent.replace(/\d+$/, counts[p]);
    });
    drawLabels(scale, counts);
  }
  function drawLabels(scale, counts) {
    const taken = [], right = view[0] + view[2];
    for (const label of labels) {
      const circle = circles[Number(label.dataset.place)], radius = Number(circle.getAttribute("r"));
      const x = Number(circle.getAttribute("cx")) + radius + 2 * scale, y = Number(circle.getAttribute("cy"));
      const wide = 6.5 * scale * label.textContent.length, high = 14 * scale;
      const free = counts[Number(label.dataset.place)] && x + wide < right && !taken.some((b) => x < b[0] + b[2] && b[0] < x + wide && Math.abs(y - b[1]) < high);
      label.setAttribute("visibility", free ? "visible" : "hidden");
      if (free) taken.push([x, y, wide]);
      label.setAttribute("font-size", 11 * scale); label.setAttribute("x", x); label.setAttribute("y", y + 4 * scale);
    }
  }
  function zoom(factor) {
    if (!factor) view = [...home];
    else {
      const [x, y, w, h] = view, wide = Math.min(360, w * factor), high = (wide * h) / w;
      view = [x + (w - wide) / 2, y + (h - high) / 2, wide, high];
    }
    drawMap();
  }
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
  let drag = null;
  map.addEventListener("pointerdown", (e) => { if (e.pointerType === "mouse") drag = { x: e.clientX, y: e.clientY, view: [...view], moved: false }; });
  addEventListener("pointermove", (e) => {
    if (!drag) return;
    const dx = e.clientX - drag.x, dy = e.clientY - drag.y, scale = drag.view[2] / map.clientWidth;
    if (Math.abs(dx) + Math.abs(dy) > 4) drag.moved = true;
    view = [drag.view[0] - dx * scale, drag.view[1] - dy * scale, drag.view[2], drag.view[3]];
    map.setAttribute("viewBox", view.join(" "));
  });
  addEventListener("pointerup", () => { setTimeout(() => { drag = null; }, 0); });
  map.addEventListener("click", (e) => {
    if (drag && drag.moved) return;
    const circle = e.target.closest("circle");
    const place = circle ? Number(circle.dataset.place) : null;
    if (place === state.place && place === null) return;
    state.place = place === state.place ? null : place;
    refilter();
  });
  addEventListener("resize", drawMap);

  /* ---- wiring ---- */
  let waiting = 0;
  const soon = (f) => { clearTimeout(waiting); waiting = setTimeout(f, 120); };
  byId("filter").addEventListener("submit", (e) => e.preventDefault());
  byId("article-filter").addEventListener("submit", (e) => e.preventDefault());
  byId("find").addEventListener("input", () => soon(refilter));
  for (const id of ["type", "country", "only-contested"]) byId(id).addEventListener("change", refilter);
  byId("filter").addEventListener("reset", () => { state.place = null; setTimeout(refilter, 0); });
  byId("find-article").addEventListener("input", () => soon(findArticles));
  for (const button of document.querySelectorAll("[data-find]")) button.addEventListener("click", () => {
    byId("find").value = button.dataset.find;
    refilter();
    byId("events").scrollIntoView();
  });
  refilter();
  findArticles();
})();
