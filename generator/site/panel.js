// What the local server tells an open page: it is made again when another site is shown, and a panel over it has what the check
// says. Nothing received is read as HTML. The sentences come from the server.
(() => {
  const SOON = 300, LATER = 2000; // milliseconds between two questions, when the page is seen or hidden
  const KEPT = "panneau-ferme"; // which messages were closed, for the other pages of this tab

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside.filter((part) => part));
    return element;
  };

  const host = make("panneau-local", {});
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", { rel: "stylesheet", href: "/__panneau.css" });
  const quietly = make("p", { class: "said", role: "status" });
  const loudly = make("p", { class: "said", role: "alert" });
  const title = make("h2", { id: "title" });
  const close = make("button", { type: "button", class: "close" }, "×");
  const body = make("div", { class: "body", role: "region", tabindex: "0", "aria-labelledby": "title" });
  const going = make("span", { class: "going", "aria-hidden": "true" }); // the state, where its button would be covered
  const panel = make("section", { id: "panel", hidden: "" }, make("header", {}, title, going, close), body);
  const edited = make("a", { id: "edited", hidden: "" }); // the page that shows the last edit, unless it is this one
  const state = make("button", { type: "button", id: "state", "aria-controls": "panel", "aria-expanded": "false" });
  root.append(style, quietly, loudly, panel, edited, state);
  host.hidden = true;
  style.addEventListener("load", () => { host.hidden = false; });
  document.body.append(host);

  let told = null, mark = "", site = "", messages = "";

  const open = (yes) => {
    const inside = !yes && panel.contains(root.activeElement);
    panel.hidden = !yes;
    state.setAttribute("aria-expanded", String(yes));
    if (inside) state.focus();
  };
  const closeAll = () => { open(false); sessionStorage.setItem(KEPT, messages); };
  state.addEventListener("click", () => {
    if (!panel.hidden) closeAll();
    else if (body.childNodes.length) { open(true); sessionStorage.removeItem(KEPT); body.focus(); }
  });
  close.addEventListener("click", closeAll);
  document.addEventListener("keydown", (event) => {
    if (/^Esc/.test(event.key) && !event.defaultPrevented && !panel.hidden) closeAll();
  });

  const item = (message, words) => make("li", {},
    make("p", { class: "place" }, make("span", { class: "said" }, `${words.place} `), make("code", {}, message.place), " ", make("span", { class: "code" }, message.code)),
    make("p", { class: "message" }, make("bdi", {}, message.message)),
    message.excerpt && make("pre", { tabindex: "0" }, make("span", { class: "number" }, `${message.line} | `),
      make("bdi", {}, message.excerpt[0], make("mark", {}, message.excerpt[1]), message.excerpt[2])),
    message.hint && make("p", {}, make("bdi", {}, message.hint)),
    message.write && make("p", {}, `${words.write} `, make("code", {}, message.write)),
    message.others && make("p", { class: "others" }, message.others));
  const group = (found, words) => [
    make("ol", {}, ...found.messages.map((message) => item(message, words))),
    found.unsaid && make("p", { class: "others" }, found.unsaid),
  ];

  const showMessages = ({ report, words }) => {
    const inside = body.contains(root.activeElement);
    title.textContent = report.summary || "";
    body.replaceChildren(
      ...(report.log ? [make("pre", { class: "log", tabindex: "0" }, make("bdi", {}, report.log))] : []),
      ...(report.errors ? group(report.errors, words).filter((part) => part) : []),
      ...(report.warnings ? [make("details", report.errors || report.log ? {} : { open: "" }, make("summary", {}, report.warnings.title), ...group(report.warnings, words))] : []));
    if (inside && body.childNodes.length) body.focus();
    const faulty = Boolean(report.errors || report.log);
    open(faulty && sessionStorage.getItem(KEPT) !== messages);
  };

  const show = (kind, text) => {
    if (host.dataset.kind === kind && state.textContent === text) return;
    host.dataset.kind = kind;
    state.textContent = text;
    going.textContent = kind === "fault" || kind === "warning" ? "" : text;
    quietly.textContent = kind === "fault" ? "" : text;
    loudly.textContent = kind === "fault" ? text : "";
  };

  const showEdited = ({ pages, words }) => {
    const here = decodeURI(location.pathname).replace(/^\/|index\.html$/g, "");
    edited.hidden = !pages.length || pages.includes(here);
    if (edited.hidden) return;
    edited.href = `/${encodeURI(pages[0])}`;
    edited.textContent = words.edited;
  };

  const hear = (now) => {
    if (site && now.site !== site) { location.reload(); return; }
    close.setAttribute("aria-label", now.words.close);
    panel.setAttribute("aria-label", now.words.region);
    host.lang = now.words.language;
    const changed = messages !== now.messages;
    [told, mark, site, messages] = [now, now.mark, now.site, now.messages];
    if (changed) showMessages(now);
    showEdited(now);
    show(now.kind, now.text);
  };

  let waiting = 0;
  const ask = async () => {
    clearTimeout(waiting);
    waiting = 0;
    try {
      const answer = await fetch(`/__etat${location.pathname}?${mark}`);
      if (answer.status === 200) hear(await answer.json());
      else if (told) show(told.kind, told.text);
    } catch {
      if (told) show("stopped", told.words.stopped);
    }
    if (!waiting) waiting = setTimeout(ask, document.hidden ? LATER : SOON);
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting) ask(); });
  ask();
})();
