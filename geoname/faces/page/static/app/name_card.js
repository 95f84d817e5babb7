// The card of one registered name: spelling, reading, class, codes, place, validity, source, changes.

import {nameHistory} from "./api.js";
import {copyButton, el, row} from "./elements.js";
import {round} from "./state.js";
import {t, word} from "./text.js";

/** The card for an answer of `/v1/names/{id}`; `onName` gets the id of another name of the place. */
export function nameCard(detail, onName) {
  const {name} = detail;
  return el("article", {class: "card", "aria-labelledby": "card-title"},
    el("h2", {id: "card-title", lang: "zh-Hans", tabindex: "-1"}, name.name),
    reading(name.romanization),
    marks(name),
    el("dl", {},
      row(t("belongs"), path(name)),
      row(t("class"), name.feature_class.label, name.feature_class.code
        && el("span", {class: "aside"}, name.feature_class.code)),
      row(t("codes"), codes(name)),
      row(t("location"), location(name)),
      row(t("validity"), validity(name)),
      row(t("specificGeneric"), name.generic && el("span", {lang: "zh-Hans"}, `${name.specific} + ${name.generic}`)),
      row(t("minorityWriting"), detail.minority_writing && el("span", {lang: detail.language || null},
        detail.minority_writing)),
      row(t("placeCode"), detail.place_code && [detail.place_code, copyButton(detail.place_code)]),
      row(t("otherNames"), detail.other_names.map((other) => otherName(other, onName)))),
    told(t("account"), "told", detail.account),
    told(t("approval"), "approvalOf", detail.approval),
    provenance(detail.provenance),
    changes(name.id));
}

function reading({text, source, needs_review: doubtful}) {
  return el("p", {class: "reading"},
    text ? el("span", {class: "pinyin", lang: "zh-Latn"}, text) : t("noReading"),
    text && el("span", {class: "aside"}, word("readingOf", source)),
    doubtful && el("span", {class: "mark doubtful"}, t("review")));
}

function marks(name) {
  const evidence = t("evidence")[name.evidence];
  return el("p", {class: "marks"},
    el("span", {class: `mark ${name.kind === "standard" ? "standard" : ""}`}, word("kind", name.kind)),
    el("span", {class: `mark ${name.status === "current" ? "" : "doubtful"}`}, word("statusOf", name.status)),
    name.publication !== "public" && el("span", {class: "mark doubtful"}, word("publicationOf", name.publication)),
    evidence && el("span", {class: "mark doubtful"}, evidence));
}

/** The divisions that a name's place lies in, from the province down, without the place itself. */
export function path(name) {
  const above = name.path.filter((division) => division.id !== name.place_id);
  return above.length ? el("span", {lang: "zh-Hans"}, above.map((division) => division.name).join(" › ")) : null;
}

function codes(name) {
  if (!name.codes.length) return t("noCode");
  return [...new Set(name.codes.map(({code}) => code))].map((code) => el("div", {class: "code"},
    el("code", {}, code), copyButton(code),
    name.codes.filter((shown) => shown.code === code).map((shown) => el("span", {class: "aside"},
      [word("scheme", shown.scheme), shown.as_of && t("asOf", shown.as_of), ...period(shown)].filter(Boolean)
        .join(t("comma"))))));
}

function location(name) {
  const {lon, lat, exactness, basis} = name.location;
  if (lon === null) return name.path.some(({level}) => level === "county") ? t("noLocation") : t("noLocationAtAll");
  const written = `${round(lon)}, ${round(lat)}`;
  return [
    el("div", {class: "code"}, el("code", {}, written), copyButton(written)),
    el("span", {class: "aside"}, [word("exactness", exactness), basis].filter(Boolean).join(" · ")),
  ];
}

const period = ({valid_from: from, valid_until: until}) => [from && t("since", from), until && t("until", until)];

const validity = (name) => period(name).filter(Boolean).join(t("comma")) || t("validityUnknown");

function otherName(other, onName) {
  return el("div", {class: "other"},
    el("button", {type: "button", class: "link", lang: "zh-Hans", click: () => onName(other.id)}, other.name),
    el("span", {class: "aside"}, [word("kind", other.kind), ...period(other)].filter(Boolean).join(t("comma"))));
}

function told(title, table, facts) {
  const rows = Object.keys(t(table)).map((key) => row(t(table)[key], facts?.[key])).filter(Boolean);
  return rows.length ? el("section", {}, el("h3", {}, title), el("dl", {}, rows)) : null;
}

function provenance(source) {
  return el("section", {},
    el("h3", {}, t("source")),
    el("p", {}, source.title),
    [source.authority, source.attribution].filter(Boolean).map((line) => el("p", {class: "aside"}, line)),
    el("dl", {},
      row(t("editionDate"), source.as_of),
      row(t("licence"), source.licence)));
}

function changes(id) {
  const place = el("div", {"aria-live": "polite"});
  const record = el("a", {href: `/v1/names/${encodeURIComponent(id)}`, class: "link"}, t("record"));
  const details = el("details", {toggle: load}, el("summary", {}, t("history")), place);
  async function load() {
    if (!details.open || place.childElementCount) return;
    try {
      const {entries} = await nameHistory(id);
      place.replaceChildren(entries.length ? el("ol", {class: "changes"}, entries.map(change))
        : el("p", {class: "aside"}, t("historyNone")));
    } catch (error) {
      place.replaceChildren(el("p", {class: "aside"}, error.message));
    }
  }
  return el("footer", {}, details, record);
}

function change({at, kind, actor, reason, document: paper, before, after}) {
  return el("li", {},
    el("div", {}, [at?.slice(0, 10), word("changeOf", kind), actor].filter(Boolean).join(" · ")),
    reason && el("div", {}, reason),
    (before || after) && el("div", {class: "aside"}, `${before || "—"} → ${after || "—"}`),
    paper && el("div", {class: "aside"}, paper));
}
