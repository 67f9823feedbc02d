// A map on a canvas, with a button for each point: drag, wheel, pinch, keys.

const TILE = 256;
const DEEPEST = 17;
const EARTH_KM = 40075;
// The zoom from which a town is named of which nothing else is known.
const TOWNS_FROM = 6.5;

class WorldMap {
  constructor(stage, outlines) {
    this.stage = stage;
    this.canvas = stage.querySelector("canvas");
    this.outlines = outlines;
    this.centre = [0.5, 0.4];
    this.zoom = 2;
    this.points = [];
    // Towns for orientation, the best known first: [name, lat, lon, the zoom from which it is named].
    this.towns = [];
    // Divisions: [name, lat, lon].
    this.divisions = [];
    // Cells of the surroundings, read when they are first drawn.
    this.cells = [];
    // Points that cover each other: {leader, members}.
    this.clusters = [];
    // The point that is in no cluster, beside the chosen one.
    this.held = null;
    this.chosen = null;
    this.tiles = null;
    this.asked = null;
    this.pointers = new Map();
    this.listen();
    new ResizeObserver(() => this.resize()).observe(stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.resize();
  }

  // Called whenever the map has moved; a page may set another.
  rested() {}

  get size() {
    return TILE * 2 ** this.zoom;
  }

  resize() {
    const { clientWidth, clientHeight } = this.stage;
    const ratio = devicePixelRatio || 1;
    [this.width, this.height] = [clientWidth, clientHeight];
    [this.canvas.width, this.canvas.height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.fitting) this.look(...this.around(this.fitting));
    this.draw();
  }

  // Points are {lon, lat, button, name, mentions, area}; each button is moved to where its point is.
  show(points) {
    this.points = points.map((point) => ({ ...point, world: project(point.lon, point.lat) }));
    this.draw();
  }

  look(centre, zoom) {
    this.zoom = Math.max(0.5, Math.min(DEEPEST, zoom));
    const x = centre[0] - Math.floor(centre[0]);
    this.centre = [x, Math.max(0, Math.min(1, centre[1]))];
    this.rested();
    this.draw();
  }

  // The view that shows these points with room round them.
  around(points) {
    if (!points.length) return [[0.5, 0.4], Math.log2(Math.max(this.width, 256) / TILE)];
    const flat = points.flatMap((point) => project(point.lon, point.lat));
    const box = boxOf(flat);
    const room = (length, side) => Math.log2(Math.max(side - 110, 60) / TILE / Math.max(length, 1e-6));
    const zoom = Math.min(room(box[2] - box[0], this.width), room(box[3] - box[1], this.height), 9);
    return [[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], zoom];
  }

  fit(points) {
    this.land();
    this.fitting = points;
    this.look(...this.around(points));
  }

  fly(lon, lat, zoom) {
    this.land();
    const [to, from] = [project(lon, lat), this.centre];
    const step = to[0] - from[0] - Math.round(to[0] - from[0]);
    const start = this.zoom;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const begun = performance.now();
    this.bound = [to, zoom];
    const frame = (now) => {
      const part = still ? 1 : Math.max(0, Math.min(1, (now - begun) / 450));
      const eased = 1 - (1 - part) ** 3;
      this.look([from[0] + step * eased, from[1] + (to[1] - from[1]) * eased], start + (zoom - start) * eased);
      if (part < 1) this.flight = requestAnimationFrame(frame);
      else this.bound = null;
    };
    frame(begun);
  }

  // Ends a flight where it was bound.
  land() {
    cancelAnimationFrame(this.flight);
    this.fitting = null;
    if (this.bound) this.look(...this.bound);
    this.bound = null;
  }

  // Where a point of the world is on the stage, in the copy of the world that is nearest to its middle.
  place([x, y]) {
    const across = x - this.centre[0] - Math.round(x - this.centre[0]);
    return [this.width / 2 + across * this.size, this.height / 2 + (y - this.centre[1]) * this.size];
  }

  // Degrees east and north of a spot on the stage.
  degrees([x, y]) {
    return this.degreesOf([this.centre[0] + (x - this.width / 2) / this.size, this.centre[1] + (y - this.height / 2) / this.size]);
  }

  // Degrees east and north of a point of the world.
  degreesOf([across, down]) {
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI;
    return [(across - Math.floor(across)) * 360 - 180, lat];
  }

  // Asks for a spot: the next click, or the middle when Enter is pressed, is told to `told` as [lon, lat]. Null ends it.
  ask(told) {
    this.asked = told;
    this.stage.classList.toggle("asks", Boolean(told));
    this.draw();
  }

  tell(spot) {
    const told = this.asked;
    this.ask(null);
    told(this.degrees(spot));
  }

  zoomBy(steps, at = [this.width / 2, this.height / 2]) {
    this.land();
    const offset = [at[0] - this.width / 2, at[1] - this.height / 2];
    const under = [0, 1].map((axis) => this.centre[axis] + offset[axis] / this.size);
    const zoom = Math.max(0.5, Math.min(DEEPEST, this.zoom + steps));
    const size = TILE * 2 ** zoom;
    this.look([0, 1].map((axis) => under[axis] - offset[axis] / size), zoom);
  }

  panBy(x, y) {
    this.land();
    this.look([this.centre[0] - x / this.size, this.centre[1] - y / this.size], this.zoom);
  }

  listen() {
    const { canvas, pointers } = this;
    const spread = () => {
      const [one, other] = [...pointers.values()];
      return Math.hypot(one[0] - other[0], one[1] - other[1]);
    };
    let travelled = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (!pointers.size) travelled = 0;
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    });
    canvas.addEventListener("pointermove", (event) => {
      const old = pointers.get(event.pointerId);
      if (!old) return;
      const now = [event.offsetX, event.offsetY];
      const before = pointers.size === 2 ? spread() : 0;
      pointers.set(event.pointerId, now);
      travelled += Math.hypot(now[0] - old[0], now[1] - old[1]);
      this.panBy((now[0] - old[0]) / pointers.size, (now[1] - old[1]) / pointers.size);
      if (before) {
        const [one, other] = [...pointers.values()];
        this.zoomBy(Math.log2(spread() / before) || 0, [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]);
      }
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, (event) => {
        if (end === "pointerup" && this.asked && pointers.size === 1 && travelled < 6) this.tell([event.offsetX, event.offsetY]);
        pointers.delete(event.pointerId);
      });
    }
    this.stage.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const box = this.stage.getBoundingClientRect();
        this.zoomBy(-event.deltaY * (event.deltaMode ? 0.05 : 0.0022), [event.clientX - box.left, event.clientY - box.top]);
      },
      { passive: false },
    );
    canvas.addEventListener("dblclick", (event) => this.zoomBy(1, [event.offsetX, event.offsetY]));
    canvas.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[event.key];
      if (steps) this.panBy(...steps);
      else if (event.key === "+" || event.key === "=") this.zoomBy(0.5);
      else if (event.key === "-") this.zoomBy(-0.5);
      else if (event.key === "Enter" && this.asked) this.tell([this.width / 2, this.height / 2]);
      else return;
      event.preventDefault();
    });
  }

  // West, south, east and north of what is shown, in degrees.
  bounds() {
    const [west, north] = this.degrees([0, 0]);
    const [east, south] = this.degrees([this.width, this.height]);
    return [west, Math.max(south, -90), east, Math.min(north, 90)];
  }

  draw() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }
}
