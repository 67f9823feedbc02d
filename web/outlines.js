"use strict";
// The outlines of countries: the page's table of arcs, a line each, and of countries as lists of arcs.

// Mercator: the world as a square of side 1, east and south of its corner.
const project = (lon, lat) => {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
};

const boxOf = (line) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < line.length; at += 2) {
    box[0] = Math.min(box[0], line[at]);
    box[1] = Math.min(box[1], line[at + 1]);
    box[2] = Math.max(box[2], line[at]);
    box[3] = Math.max(box[3], line[at + 1]);
  }
  return box;
};

const readArc = (steps, [dx, dy, x0, y0]) => {
  const numbers = steps.split(" ").map(Number);
  const line = [];
  let [x, y] = [0, 0];
  let seam = true;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    const [lon, lat] = [x * dx + x0, y * dy + y0];
    // Where the map is cut, there is no line on the ground.
    seam = seam && (Math.abs(lon) > 179.999 || lat < -89.9);
    line.push(...project(lon, lat));
  }
  return { line, seam, box: boxOf(line) };
};

const readRing = (list, arcs) => {
  let ring = [];
  for (const number of list.slice(1).split(" ").map(Number)) {
    const arc = arcs[Math.abs(number) - 1];
    if (!arc) continue;
    let line = arc.line;
    if (number < 0) {
      line = [];
      for (let at = arc.line.length - 2; at >= 0; at -= 2) line.push(arc.line[at], arc.line[at + 1]);
    }
    ring = ring.concat(ring.length ? line.slice(2) : line);
  }
  return ring;
};

// {arcs: [{line, seam, box}], countries: [{code, rings, boxes}]}, the largest ring of a country first.
const readOutlines = (table) => {
  const outlines = { arcs: [], countries: [] };
  let grid = [1, 1, 0, 0];
  for (const row of table.split("\n")) {
    const fields = row.split("\t");
    if (fields[0] === "grid") grid = fields.slice(1).map(Number);
    if (fields[0] === "arc") outlines.arcs.push(readArc(fields[1], grid));
    if (fields[0] === "country") {
      const rings = fields.slice(2).map((list) => readRing(list, outlines.arcs));
      outlines.countries.push({ code: fields[1], rings, boxes: rings.map(boxOf) });
    }
  }
  return outlines;
};

// Country codes -> names, as the browser knows them.
const regions = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "region" }) : null;
const countryName = (code) => {
  try {
    return (regions && regions.of(code)) || code;
  } catch {
    return code;
  }
};
