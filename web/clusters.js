// Points that would cover each other are one button with their number, which opens them.

// The share of their radii within which two points cover each other.
const COVERED = 0.95;
// The zoom beyond which points of a cluster are listed, as they hardly come apart.
const LISTED_FROM = 14;

Object.assign(WorldMap.prototype, {
  // Gathers points into clusters, anew where zoom, points or choice have changed. The chosen point stands by itself, and so does
  // the one that a reader has gone to with the arrow keys.
  gather() {
    const now = [this.points, this.zoom, this.chosen, this.held];
    if (this.gathered && now.every((value, at) => value === this.gathered[at])) return;
    this.gathered = now;
    const alone = (point) => point.key === this.chosen || point.key === this.held;
    // What is told relative to a place is named after it, so that the place leads.
    const sorted = [...this.points].sort((one, other) => alone(other) - alone(one) || one.turned - other.turned || other.mentions - one.mentions);
    const side = 64;
    const boxes = new Map();
    const boxOfSpot = ([x, y]) => [Math.floor((x * this.size) / side), Math.floor((y * this.size) / side)];
    this.clusters = [];
    for (const point of sorted) {
      const [column, row] = boxOfSpot(point.world);
      let home = null;
      for (let x = column - 1; x <= column + 1 && !alone(point); x++) {
        for (let y = row - 1; y <= row + 1; y++) home = home || (boxes.get(`${x} ${y}`) || []).find((cluster) => this.covers(cluster.leader, point));
      }
      point.leader = home ? home.leader : null;
      if (home) home.members.push(point);
      else {
        const cluster = { leader: point, members: [point] };
        this.clusters.push(cluster);
        if (alone(point)) continue;
        const box = `${column} ${row}`;
        boxes.set(box, [...(boxes.get(box) || []), cluster]);
      }
    }
    this.showClusters();
  },

  covers(one, other) {
    const away = Math.hypot(one.world[0] - other.world[0], one.world[1] - other.world[1]) * this.size;
    return away < COVERED * (one.radius + other.radius);
  },

  // A button for each cluster of several points; it stays the same while its leader leads, so that it keeps the focus.
  showClusters() {
    const old = this.buttons || new Map();
    this.buttons = new Map();
    for (const cluster of this.clusters.filter(({ members }) => members.length > 1)) {
      const { leader, members } = cluster;
      const made = old.get(leader.key) || make("button", { type: "button", className: "cluster" }, make("i"));
      const radius = 10 + 2.1 * Math.sqrt(members.length);
      const names = members.map(({ name }) => name);
      made.title = names.slice(0, 8).join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
      made.setAttribute("aria-label", `${members.length} places close together: ${made.title}`);
      made.firstChild.textContent = members.length;
      made.firstChild.className = `c${Math.max(...members.map(({ sure }) => sure))}`;
      made.firstChild.style.width = made.firstChild.style.height = `${2 * radius}px`;
      made.style.width = made.style.height = `${2 * radius + 4}px`;
      made.tabIndex = members.some(({ button }) => button.tabIndex === 0) ? 0 : -1;
      made.onclick = () => this.openCluster(cluster);
      made.onkeydown = leader.button.onkeydown;
      cluster.radius = radius;
      this.buttons.set(leader.key, made);
      if (!made.isConnected) this.stage.querySelector("#points").append(made);
    }
    for (const [key, button] of old) {
      if (this.buttons.get(key) === button) continue;
      const focused = document.activeElement === button;
      button.remove();
      const leader = focused && this.points.find((point) => point.key === key);
      if (!leader) continue;
      const heir = leader.leader ? this.buttons.get(leader.leader.key) : leader.button;
      heir.style.visibility = "visible";
      heir.focus();
    }
  },

  // Goes so near that the points of a cluster come apart; those of one spot are listed.
  openCluster({ leader, members }) {
    const box = boxOf(members.flatMap(({ world }) => world));
    const apart = Math.max(...members.map((point) => (this.covers(leader, point) ? Math.hypot(point.world[0] - leader.world[0], point.world[1] - leader.world[1]) : 1)).filter((away) => away > 0), 0);
    const length = Math.max(box[2] - box[0], box[3] - box[1]);
    const fit = Math.log2(Math.max(Math.min(this.width, this.height) - 140, 80) / TILE / Math.max(length, 1e-9));
    if (apart === 0 || (this.zoom >= LISTED_FROM && fit > this.zoom)) return this.list(members);
    const [lon, lat] = this.degreesOf([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    return this.fly(lon, lat, Math.min(Math.max(fit, this.zoom + 1), LISTED_FROM + 1));
  },

  // Called with points that lie on one spot; a page sets another.
  list() {},

  moveClusters() {
    for (const { leader, members, radius } of this.clusters) {
      if (members.length < 2) continue;
      const button = this.buttons.get(leader.key);
      const [x, y] = this.place(leader.world);
      const away = x < -radius || y < -radius || x > this.width + radius || y > this.height + radius;
      button.style.visibility = away ? "hidden" : "visible";
      button.style.transform = `translate(${(x - radius - 2).toFixed(1)}px, ${(y - radius - 2).toFixed(1)}px)`;
      for (const point of members) point.button.style.visibility = "hidden";
    }
  },
});
