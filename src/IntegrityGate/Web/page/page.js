const every = 1000;
const el = (id) => document.getElementById(id);
const make = (tag, text, className) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
};
const words = {
  none: "nothing found", suspected: "suspected 疑似", possible: "possible 可能", confirmed: "confirmed 确认",
  passing: "forwarded untouched", entering: "stamp starting", stamping: "label stamped", leaving: "stamp ending", impossible: "cannot stamp",
  waiting: "publisher away, held",
};
const badge = (key) => make("span", words[key] ?? key, `badge ${key.toLowerCase()}`);
const clock = (ms) => {
  if (ms === null || ms === undefined) return "–";
  const s = Math.max(0, ms) / 1000;
  return `${Math.floor(s / 3600)}:${String(Math.floor(s / 60) % 60).padStart(2, "0")}:${(s % 60).toFixed(1).padStart(4, "0")}`;
};
const bitrate = (bps) => (bps >= 1e6 ? `${(bps / 1e6).toFixed(1)} Mbps` : `${Math.round(bps / 1e3)} kbps`);

function fillCard(card, stream) {
  card.querySelector("h3").textContent = `${stream.app}/${stream.id}`;
  card.querySelector(".badges").replaceChildren(badge(stream.tier), badge(stream.splice), ...(stream.waiting ? [badge("waiting")] : []));
  card.querySelector(".verdict").textContent = stream.summary;
  const rows = [
    ["Video", stream.width ? `${stream.codec} ${stream.width}×${stream.height}` : stream.codec || "–"],
    ["Bitrate", bitrate(stream.bitrateBps)],
    ["Looked at", stream.lastLookedMs === null ? (stream.inspectable ? "not yet" : "cannot be inspected") : clock(stream.lastLookedMs)],
    ["On air", clock(stream.mediaMs)],
    ["Upstream", stream.upstreams.map(u => `${u.name}: ${u.state}`).join(", ") || stream.upstream],
    ["Viewers here", String(stream.viewers)],
  ];
  card.querySelector("dl").replaceChildren(...rows.flatMap(([k, v]) => [make("dt", k), make("dd", v)]));
  const links = card.querySelector(".links");
  if (!links.firstChild) {
    const play = make("a", "HTTP-FLV");
    play.href = `${encodeURIComponent(stream.app)}/${stream.id}.flv`;
    links.append("Play: ", play);
  }
  const picture = card.querySelector("img");
  if (stream.thumbnailVersion > 0 && picture.dataset.version !== String(stream.thumbnailVersion)) {
    picture.dataset.version = stream.thumbnailVersion;
    picture.src = `api/streams/${stream.id}/thumbnail.jpg?v=${stream.thumbnailVersion}`;
    picture.alt = `Newest inspected frame of ${stream.id}`;
  }
}

function showStreams(streams) {
  const box = el("streams");
  const cards = new Map([...box.children].map((card) => [card.dataset.id, card]));
  const seen = new Set();
  for (const stream of streams) {
    seen.add(stream.id);
    let card = cards.get(stream.id);
    if (!card) {
      card = el("stream-card").content.firstElementChild.cloneNode(true);
      card.dataset.id = stream.id;
      box.append(card);
    }
    fillCard(card, stream);
  }
  for (const [id, card] of cards) if (!seen.has(id)) card.remove();
  el("no-streams").hidden = streams.length > 0;
}

function incidentRow(incident) {
  const row = make("tr");
  const state = make("td");
  state.append(badge(incident.state === "open" && incident.severity === "review" ? "review" : incident.state));
  const what = make("td", incident.violation);
  what.append(make("small", incident.message), make("small", `${incident.rule} · ${incident.clause}`));
  if (incident.facts.length > 0) {
    const why = make("details");
    why.dataset.id = incident.id;
    why.open = opened.has(incident.id);
    why.append(make("summary", "why"));
    for (const fact of incident.facts) {
      const threshold = fact.threshold === null ? "" : ` (level ${fact.threshold.toFixed(2)})`;
      const line = make("small", `${clock(fact.atMs)} ${fact.text}${fact.kind === "synthetic" ? threshold : ""}`);
      if (fact.model) line.title = fact.model;
      why.append(line);
    }
    what.append(why);
  }
  const did = make("td", incident.action);
  if (incident.closeReason) did.append(make("small", incident.closeReason));
  const evidence = make("td");
  for (const id of incident.evidence.slice(-1)) {
    const link = make("a");
    link.href = `api/evidence/${id}.jpg`;
    const picture = make("img");
    picture.src = link.href;
    picture.alt = "Frame kept as evidence";
    picture.loading = "lazy";
    link.append(picture);
    evidence.append(link);
  }
  row.append(
    state, what, make("td", incident.stream), make("td", words[incident.tier] ?? incident.tier), did,
    make("td", `${clock(incident.mediaFromMs)} – ${clock(incident.mediaUntilMs)}`, "time"),
    make("td", new Date(incident.openedAt).toLocaleTimeString(), "time"), evidence);
  return row;
}

let shownIncidents = "";
let opened = new Set();
function showIncidents(incidents) {
  const text = JSON.stringify(incidents);
  if (text === shownIncidents) return;
  shownIncidents = text;
  opened = new Set([...el("incidents").querySelectorAll("details[open]")].map((d) => d.dataset.id));
  el("incidents").hidden = incidents.length === 0;
  el("no-incidents").hidden = incidents.length > 0;
  el("incidents").querySelector("tbody").replaceChildren(...incidents.map(incidentRow));
}

async function refresh() {
  const summary = el("summary");
  try {
    const [streams, incidents] = await Promise.all(["api/streams", "api/incidents?limit=50"].map(async (url) => {
      const answer = await fetch(url, { cache: "no-store" });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    }));
    showStreams(streams);
    showIncidents(incidents);
    const open = incidents.filter((i) => i.state === "open").length;
    summary.className = "";
    summary.textContent = `${streams.length} stream${streams.length === 1 ? "" : "s"}, ${open} open incident${open === 1 ? "" : "s"}`;
  } catch (error) {
    summary.className = "lost";
    summary.textContent = `The gate does not answer (${error.message})`;
  }
  setTimeout(refresh, every);
}
refresh();
