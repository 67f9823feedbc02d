// How the map is painted: sea, land, borders, tiles, areas, names, the scale.

// The zooms between which divisions are named.
const DIVISIONS = [5.5, 8.5];

Object.assign(WorldMap.prototype, {
  paint() {
    const style = getComputedStyle(document.documentElement);
    this.colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const context = this.canvas.getContext("2d");
    const ratio = this.canvas.width / Math.max(this.width, 1);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.colour("sea");
    context.fillRect(0, 0, this.width, this.height);
    const tiled = this.tiles && this.paintTiles(context);
    const reach = this.width / 2 / this.size;
    for (let copy = Math.floor(this.centre[0] - reach); copy <= this.centre[0] + reach; copy++) {
      if (tiled) continue;
      this.paintCountries(context, copy);
      this.paintCells(context, copy);
    }
    this.paintAreas(context);
    this.gather();
    this.movePoints();
    this.paintNames(context, tiled);
    this.paintScale(context);
    if (this.asked) this.paintCross(context);
  },

  // The map with its points, which are buttons on the screen, on the canvas itself.
  paintWhole() {
    this.paint();
    const context = this.canvas.getContext("2d");
    context.lineWidth = 1.5;
    for (const { leader, members, radius = leader.radius } of this.clusters) {
      const [x, y] = this.place(leader.world);
      context.fillStyle = this.colour(`c${Math.max(...members.map(({ sure }) => sure))}`);
      context.strokeStyle = leader.key === this.chosen ? this.colour("relative") : this.colour("paper");
      context.beginPath();
      if (leader.turned && members.length < 2) for (const [across, down] of [[0, -1], [1, 0], [0, 1], [-1, 0]]) context.lineTo(x + across * radius * 1.3, y + down * radius * 1.3);
      else context.arc(x, y, radius, 0, 2 * Math.PI);
      context.closePath();
      context.fill();
      context.stroke();
      if (members.length < 2) continue;
      context.font = "700 12px system-ui, sans-serif";
      context.fillStyle = this.colour("paper");
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(members.length, x, y + 0.5);
      context.textAlign = "left";
    }
    return context;
  },

  // The map as it is shown, with its points, a title and whose data it rests on: a PNG file.
  picture(title, credit) {
    const context = this.paintWhole();
    context.textBaseline = "alphabetic";
    context.font = "700 16px system-ui, sans-serif";
    context.fillStyle = this.colour("halo");
    context.fillRect(0, 0, Math.min(this.width, context.measureText(title).width + 24), 32);
    context.fillStyle = this.colour("ink");
    context.fillText(title, 12, 22, this.width - 24);
    context.font = "11px system-ui, sans-serif";
    // Beside the scale, in as many lines as it takes.
    const room = this.width - 160;
    const lines = [];
    for (const word of credit.split(/\s+/)) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    const wide = Math.max(...lines.map((line) => context.measureText(line).width)) + 12;
    context.fillStyle = this.colour("halo");
    context.fillRect(this.width - wide, this.height - 14 * lines.length - 6, wide, 14 * lines.length + 6);
    context.fillStyle = this.colour("faint");
    lines.forEach((line, at) => context.fillText(line, this.width - wide + 6, this.height - 6 - 14 * (lines.length - 1 - at)));
    return new Promise((done) =>
      this.canvas.toBlob((blob) => {
        this.draw();
        done(blob);
      }),
    );
  },

  // A bar of a round number of kilometres, right for the middle of the map.
  paintScale(context) {
    const [, lat] = this.degrees([this.width / 2, this.height / 2]);
    const pixels = this.size / (EARTH_KM * Math.max(Math.cos((lat * Math.PI) / 180), 0.01));
    const most = 110 / pixels;
    const power = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].find((step) => step * power <= most) * power;
    const [left, bottom, length] = [12, this.height - 12, km * pixels];
    context.lineWidth = 2;
    context.strokeStyle = this.colour("place-ink");
    context.beginPath();
    for (const [x, y] of [[left, bottom - 5], [left, bottom], [left + length, bottom], [left + length, bottom - 5]]) context.lineTo(x, y);
    context.stroke();
    context.font = "500 11px system-ui, sans-serif";
    context.fillStyle = this.colour("place-ink");
    context.fillText(km < 1 ? `${km * 1000} m` : `${km.toLocaleString("en")} km`, left + 4, bottom - 9);
  },

  // The middle, which Enter chooses.
  paintCross(context) {
    const [x, y] = [this.width / 2, this.height / 2];
    context.strokeStyle = this.colour("relative");
    context.lineWidth = 2;
    context.beginPath();
    for (const [across, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + across * 4, y + down * 4);
      context.lineTo(x + across * 14, y + down * 14);
    }
    context.stroke();
  },

  isVisible(box, copy) {
    const [x, y] = [this.width / 2 / this.size, this.height / 2 / this.size];
    const [left, top] = [this.centre[0] - copy - x, this.centre[1] - y];
    return box[0] < left + 2 * x && box[2] > left && box[1] < top + 2 * y && box[3] > top;
  },

  trace(context, line, copy) {
    const [x, y] = [this.width / 2 + (copy - this.centre[0]) * this.size, this.height / 2 - this.centre[1] * this.size];
    for (let at = 0; at < line.length; at += 2) {
      context.lineTo(x + line[at] * this.size, y + line[at + 1] * this.size);
    }
  },

  paintCountries(context, copy) {
    context.fillStyle = this.colour("land");
    for (const country of this.outlines.countries) {
      context.beginPath();
      country.rings.forEach((ring, at) => {
        if (!this.isVisible(country.boxes[at], copy)) return;
        this.trace(context, ring, copy);
        context.closePath();
        context.moveTo(0, 0);
      });
      context.fill("evenodd");
    }
    context.strokeStyle = this.colour("border");
    context.lineWidth = 0.9;
    context.lineJoin = "round";
    context.beginPath();
    for (const arc of this.outlines.arcs) {
      if (arc.seam || !this.isVisible(arc.box, copy)) continue;
      context.moveTo(...this.corner(arc.line, copy));
      this.trace(context, arc.line, copy);
    }
    context.stroke();
  },

  corner(line, copy) {
    return [0, 1].map((axis) => [this.width, this.height][axis] / 2 + (line[axis] + (axis ? 0 : copy) - this.centre[axis]) * this.size);
  },

  // Whether anything of the street map is there to be seen.
  paintTiles(context) {
    const zoom = Math.max(0, Math.min(DEEPEST, Math.round(this.zoom)));
    const count = 2 ** zoom;
    const side = this.size / count;
    const first = (middle, length) => Math.floor((middle - length / 2 / this.size) * count);
    let seen = false;
    for (let x = first(this.centre[0], this.width); x * side < (this.centre[0] + this.width / 2 / this.size) * this.size; x++) {
      for (let y = Math.max(0, first(this.centre[1], this.height)); y < count; y++) {
        const top = this.height / 2 + (y / count - this.centre[1]) * this.size;
        if (top > this.height) break;
        const tile = this.tile(zoom, ((x % count) + count) % count, y);
        if (!tile.complete || !tile.naturalWidth) continue;
        seen = true;
        context.drawImage(tile, this.width / 2 + (x / count - this.centre[0]) * this.size, top, side + 0.5, side + 0.5);
      }
    }
    return seen;
  },

  tile(zoom, x, y) {
    const key = `${zoom}/${x}/${y}`;
    if (!this.tiles.has(key)) {
      const image = new Image();
      // So that a picture of the map may be saved.
      image.crossOrigin = "anonymous";
      image.onload = () => this.draw();
      image.src = `https://tile.openstreetmap.org/${key}.png`;
      this.tiles.set(key, image);
    }
    return this.tiles.get(key);
  },

  useTiles(wanted) {
    this.tiles = wanted ? new Map() : null;
    this.draw();
  },

  // The areas of relative places, and round the chosen place how far what is meant may lie.
  paintAreas(context) {
    context.strokeStyle = this.colour("relative");
    context.fillStyle = this.colour("relative");
    context.lineWidth = 1.5;
    for (const point of this.points) {
      if (point.area) {
        context.beginPath();
        for (const ring of point.area.flat()) {
          const line = ring.flatMap(([lon, lat]) => project(lon, lat));
          const copy = Math.round(this.centre[0] - point.world[0]);
          context.moveTo(...this.corner(line, copy));
          this.trace(context, line, copy);
          context.closePath();
        }
        context.globalAlpha = 0.16;
        context.fill("evenodd");
        context.globalAlpha = 1;
        context.stroke();
      } else if (point === this.chosen || point.key === this.chosen) {
        const shrink = Math.cos((point.lat * Math.PI) / 180) || 1;
        const radius = ((point.km || 0) / EARTH_KM / shrink) * this.size;
        if (radius < 6) continue;
        context.beginPath();
        context.setLineDash([5, 4]);
        context.arc(...this.place(point.world), radius, 0, 2 * Math.PI);
        context.stroke();
        context.setLineDash([]);
      }
    }
  },

  movePoints() {
    for (const point of this.points) {
      const [x, y] = this.place(point.world);
      const { half } = point;
      const away = x < -half || y < -half || x > this.width + half || y > this.height + half;
      point.button.style.visibility = away ? "hidden" : "visible";
      point.button.style.transform = `translate(${(x - half).toFixed(1)}px, ${(y - half).toFixed(1)}px)`;
    }
    this.moveClusters();
  },

  // Names of points where there is room, those with most mentions first; then names of countries.
  paintNames(context, tiled) {
    // The scale, the buttons and the legend stand on the map.
    const taken = [[0, this.height - 36, 135, this.height]];
    for (const { offsetLeft, offsetTop, offsetWidth, offsetHeight } of this.stage.querySelectorAll("#zoom, #legend, #credit")) taken.push([offsetLeft, offsetTop, offsetLeft + offsetWidth, offsetTop + offsetHeight]);
    const write = (text, x, y, colour, font, forced = false) => {
      context.font = font;
      const width = context.measureText(text).width;
      const box = [x - 3, y - 9, x + width + 3, y + 9];
      const hits = taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      if (!forced && (hits || box[0] < 0 || box[2] > this.width || box[1] < 0 || box[3] > this.height)) return false;
      taken.push(box);
      context.lineWidth = 3.5;
      context.lineJoin = "round";
      context.strokeStyle = this.colour("halo");
      context.strokeText(text, x, y);
      context.fillStyle = this.colour(colour);
      context.fillText(text, x, y);
      return true;
    };
    context.textBaseline = "middle";
    const font = (size, weight) => `${weight} ${size}px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif`;
    const placed = this.clusters.map(({ leader, members, radius }) => ({ point: leader, text: members.length > 1 ? `${leader.name} +${members.length - 1}` : leader.name, at: this.place(leader.world), half: radius || leader.radius }));
    for (const { at, half } of placed) taken.push([at[0] - half + 2, at[1] - half + 2, at[0] + half - 2, at[1] + half - 2]);
    placed.sort((one, other) => (other.point.key === this.chosen) - (one.point.key === this.chosen) || other.point.mentions - one.point.mentions);
    for (const { point, text, at, half } of placed) {
      if (at[0] < 0 || at[1] < 0 || at[0] > this.width || at[1] > this.height) continue;
      const width = (context.font = font(12.5, 600)) && context.measureText(text).width;
      const spots = [[half + 5, 0], [-half - 5 - width, 0], [-width / 2, half + 10], [-width / 2, -half - 10]];
      const written = spots.some(([x, y]) => write(text, at[0] + x, at[1] + y, "place-ink", font(12.5, 600)));
      // The chosen place has its name, whatever it covers.
      if (point.key === this.chosen && !written) write(text, at[0] + half + 5, at[1], "place-ink", font(12.5, 600), true);
    }
    if (tiled) return;
    const named = new Set(this.points.map((point) => point.name));
    const seen = ([x, y]) => x > 0 && y > 0 && x < this.width && y < this.height;
    if (this.zoom >= CELLS_FROM) {
      for (const [name, lat, lon, from = TOWNS_FROM] of this.towns) {
        if (this.zoom < from) continue;
        const [x, y] = this.place(project(lon, lat));
        if (named.has(name) || !seen([x, y])) continue;
        if (!write(name, x + 5, y, "faint", font(11, 400))) continue;
        context.beginPath();
        context.arc(x, y, 2, 0, 2 * Math.PI);
        context.fill();
      }
    }
    if (this.zoom >= DIVISIONS[0] && this.zoom <= DIVISIONS[1]) {
      for (const [name, lat, lon] of this.divisions) {
        const at = this.place(project(lon, lat));
        context.font = font(10.5, 500);
        if (!named.has(name) && seen(at)) write(name, at[0] - context.measureText(name).width / 2, at[1] + 16, "division", `italic ${font(10.5, 500)}`);
      }
    }
    for (const { code, boxes, middle = this.middle(boxes[0]) } of this.outlines.countries) {
      const [width, at] = [(boxes[0][2] - boxes[0][0]) * this.size, this.place(middle)];
      const name = countryName(code);
      if (width < 70 || width > 2600 || named.has(name)) continue;
      context.font = font(11, 500);
      write(name.toUpperCase(), at[0] - context.measureText(name.toUpperCase()).width / 2, at[1], "faint", font(11, 500));
    }
  },

  middle(box) {
    return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  },
});
