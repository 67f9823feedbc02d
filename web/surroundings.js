// What the map shows round the places: coasts, lakes, rivers, borders, divisions and towns, in parts that stand in the page.

// The zoom from which the fine cells are drawn over the outlines of countries.
const CELLS_FROM = 5;

// A line of steps -> its points on the world, one number after the other.
const readSteps = (steps, { corner, step }) => {
  const numbers = steps.split(" ").map(Number);
  const line = new Float64Array(numbers.length);
  let [x, y] = [0, 0];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    [line[at], line[at + 1]] = project(corner[0] + x * step, corner[1] + y * step);
  }
  return line;
};

// A cell whose lines are read when they are first drawn: {box, land, lake, river, border, division}, and its coast, which is
// its land's edges without the cell's own.
const readCell = (part) => {
  const { corner, side, step } = part;
  const [west, south] = project(corner[0], corner[1]);
  const [east, north] = project(corner[0] + side, corner[1] + side);
  const cell = { box: [west, north, east, south], land: [], lake: [], river: [], border: [], division: [], coast: [] };
  const most = Math.round(side / step);
  for (const row of part.lines.split("\n")) {
    const [kind, steps] = row.split("\t");
    if (!steps) continue;
    cell[kind].push(readSteps(steps, part));
    if (kind === "land") cell.coast.push(...coastOf(steps, part, most));
  }
  return cell;
};

// The stretches of a ring that do not run along the edge of its cell.
const coastOf = (steps, part, most) => {
  const numbers = steps.split(" ").map(Number);
  const line = readSteps(steps, part);
  const stretches = [];
  let [x, y, open] = [0, 0, null];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const before = [x, y];
    x += numbers[at];
    y += numbers[at + 1];
    const along = (one, other) => one === other && (one === 0 || one === most);
    if (at && !along(before[0], x) && !along(before[1], y)) {
      if (!open) stretches.push((open = [line[at - 2], line[at - 1]]));
      open.push(line[at], line[at + 1]);
    } else open = null;
  }
  return stretches;
};

// What stands in the page: {cells, towns, divisions}; towns and divisions once each, though parts overlap.
const readSurroundings = (blocks) => {
  const found = { cells: new Map(), towns: new Map(), divisions: new Map() };
  for (const block of blocks) {
    const part = JSON.parse(block.textContent);
    if (part.lines !== undefined) found.cells.set(String(part.corner), { part, read: null });
    for (const town of part.towns || []) found.towns.set(`${town[0]} ${town[1]} ${town[2]}`, town);
    for (const division of part.divisions || []) found.divisions.set(division[0], division);
  }
  const towns = [...found.towns.values()].sort((one, other) => one[3] - other[3]);
  return { cells: [...found.cells.values()], towns, divisions: [...found.divisions.values()] };
};

Object.assign(WorldMap.prototype, {
  // The cells that are to be seen in a copy of the world, read.
  seenCells(copy) {
    if (this.zoom < CELLS_FROM) return [];
    return this.cells.map((cell) => (cell.read ||= readCell(cell.part))).filter((cell) => this.isVisible(cell.box, copy));
  },

  // Draws the cells over the outlines of countries: sea, land, lakes, rivers, then lines.
  paintCells(context, copy) {
    const cells = this.seenCells(copy);
    if (!cells.length) return;
    const all = (kind, closed) => {
      context.beginPath();
      for (const cell of cells) {
        for (const line of cell[kind]) {
          context.moveTo(...this.corner(line, copy));
          this.trace(context, line, copy);
          if (closed) context.closePath();
        }
      }
    };
    const stroke = (kind, colour, width, dash = []) => {
      all(kind, false);
      context.strokeStyle = this.colour(colour);
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke();
    };
    context.fillStyle = this.colour("sea");
    for (const { box, land } of cells) {
      // One without land is all sea or, where nothing else is in it, all land, as the outlines of countries have it.
      if (!land.length) continue;
      const [left, top] = this.corner(box, copy);
      // Half a pixel less, or its edge would show on land.
      context.fillRect(left + 0.5, top + 0.5, (box[2] - box[0]) * this.size - 1, (box[3] - box[1]) * this.size - 1);
    }
    context.lineJoin = "round";
    // All at once, so that there is no seam between two cells.
    all("land", true);
    context.fillStyle = this.colour("land");
    context.fill("evenodd");
    stroke("river", "river", Math.min(2.4, 0.7 + (this.zoom - CELLS_FROM) * 0.3));
    all("lake", true);
    context.fillStyle = this.colour("sea");
    context.fill("evenodd");
    stroke("division", "division", 1, [6, 3]);
    stroke("coast", "coast", 0.8);
    stroke("border", "border", 1.4);
    context.setLineDash([]);
  },
});
