// Gives neighbouring prefectures different tints, so that each reads as one area without an outline.

export const TINTS = 5;

const prefectureOf = (county) => county.slice(0, 4);

/** The tint's number of each prefecture code; `lines` are pairs of county codes that touch. */
export function tintsOf(prefectures, lines) {
  const touching = new Map(prefectures.map((code) => [code, new Set()]));
  for (const [a, b] of lines.map((sides) => sides.map(prefectureOf))) {
    if (a === b) continue;
    touching.get(a)?.add(b);
    touching.get(b)?.add(a);
  }
  const tints = new Map();
  for (const code of [...touching.keys()].sort((a, b) => touching.get(b).size - touching.get(a).size)) {
    const taken = new Set([...touching.get(code)].map((other) => tints.get(other)));
    const free = Array.from({length: TINTS}, (_, tint) => tint).find((tint) => !taken.has(tint));
    tints.set(code, free ?? 0);
  }
  return tints;
}
