// Puts the places of a list on a map. Without this file the list is there and says
// everything; the map says no more. Leaflet is loaded when somebody asks for the map.
//
// Nothing here needs a pointer that can drag: places are buttons, the map moves with
// buttons and arrow keys, and Escape leads out of it.

const CLOSE = 44; // Pixels between two places that are shown as one.
const CLOSEST = 17;
const CLOSEST_BY_ITSELF = 14;
const STEP = 120;
const RADIUS = { area: 600, street: 80 }; // Metres that a rounded point may be off.
// Where the name of a place may stand, best first.
const SIDES = ["after", "before", "below", "above", "away"];
const DIRECTIONS = {
  west: [-STEP, 0],
  north: [0, -STEP],
  south: [0, STEP],
  east: [STEP, 0],
};
const KEYS = {
  ArrowLeft: "west",
  ArrowUp: "north",
  ArrowDown: "south",
  ArrowRight: "east",
  "+": "in",
  "-": "out",
};

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const touch = matchMedia("(pointer: coarse)").matches;
let loading = null;

function leaflet(addresses) {
  loading ??= Promise.all([
    import(new URL(addresses.leafletScript, location.href).href),
    styles(addresses.leafletStyle),
  ]).then(() => window.L);
  loading.catch(() => (loading = null));
  return loading;
}

function styles(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.prepend(link);
  });
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

// --- Places ------------------------------------------------------------------------

function points({ type, coordinates }) {
  const found = { Point: () => [coordinates], Polygon: () => coordinates[0] };
  return (found[type]?.() ?? coordinates).map(([lng, lat]) => [lat, lng]);
}

function readPlace(item) {
  const { geometry, precision, locality } = JSON.parse(item.dataset.place);
  const name = item.querySelector("[data-name]");
  return {
    item,
    name,
    light: item.querySelector("[data-light]"),
    locality,
    precision,
    type: geometry.type,
    points: points(geometry),
  };
}

/** Where the button of a place stands: on its line, in the middle of its area. */
function middle(L, place) {
  if (place.type === "Polygon") return L.latLngBounds(place.points).getCenter();
  const half = (place.points.length - 1) / 2;
  const pair = [place.points[Math.floor(half)], place.points[Math.ceil(half)]];
  return L.latLngBounds(pair).getCenter();
}

function shape(L, place) {
  const look = {
    interactive: false,
    className: `map__shape map__shape--${place.precision}`,
  };
  if (place.type === "Polygon") return L.polygon(place.points, look);
  if (place.type === "LineString") return L.polyline(place.points, look);
  const radius = RADIUS[place.precision];
  return radius ? L.circle(place.points[0], { ...look, radius }) : null;
}

// --- The map -----------------------------------------------------------------------

class PlacesMap {
  constructor(L, frame, places, images) {
    this.L = L;
    this.frame = frame;
    this.canvas = frame.querySelector("[data-canvas]");
    this.panel = frame.querySelector("[data-panel]");
    this.places = places;
    this.groups = [];
    this.chosen = null;
    this.map = L.map(this.canvas, {
      attributionControl: false,
      zoomControl: false,
      keyboard: false,
      scrollWheelZoom: false,
      // One finger scrolls the page; two make the map larger.
      dragging: !touch,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      maxZoom: CLOSEST,
    });
    L.control.scale({ imperial: false }).addTo(this.map);
    this.background(images).addTo(this.map);
    for (const place of places) {
      place.at = middle(L, place);
      shape(L, place)?.addTo(this.map);
    }
    this.markers = L.layerGroup().addTo(this.map);
    this.showAll(false);
    this.group();
    this.listen();
  }

  background(images) {
    if (images) return this.L.tileLayer(images, { maxZoom: CLOSEST });
    const grid = this.L.gridLayer();
    grid.createTile = () => element("div", "map__cell");
    return grid;
  }

  listen() {
    this.map.on("zoomend", () => this.group());
    this.map.on("moveend resize", () => this.tidy());
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(
      this.canvas,
    );
    this.frame.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.value) this.move(button.value);
      if (button?.matches("[data-close]")) this.close();
    });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const move = KEYS[event.key];
      if (!move) return;
      event.preventDefault();
      this.move(move);
    });
    // A button that is reached with Tab comes into view.
    this.canvas.addEventListener("focusin", (event) => {
      const group = this.groups.find((each) => each.button === event.target);
      if (group?.button.matches(":focus-visible")) {
        this.map.panInside(group.at, { padding: [48, 48], animate: false });
      }
    });
  }

  move(where) {
    if (where === "in") this.map.zoomIn();
    else if (where === "out") this.map.zoomOut();
    else if (where === "all") this.showAll(!still);
    else this.map.panBy(DIRECTIONS[where], { animate: !still });
  }

  showAll(animate) {
    this.fit(this.places, CLOSEST_BY_ITSELF, animate);
  }

  fit(places, maxZoom, animate) {
    const bounds = this.L.latLngBounds(places.flatMap((place) => place.points));
    this.map.fitBounds(bounds, { padding: [44, 44], maxZoom, animate });
  }

  /** Show places that would lie upon each other as one button. */
  group() {
    const focused = this.groups.find((each) => each.button === document.activeElement);
    this.markers.clearLayers();
    this.groups = [];
    for (const place of this.places) {
      const spot = this.map.latLngToLayerPoint(place.at);
      const near = this.groups.find((each) => each.spot.distanceTo(spot) < CLOSE);
      if (near) near.places.push(place);
      else this.groups.push({ spot, at: place.at, places: [place] });
    }
    for (const group of this.groups) this.mark(group);
    if (focused) this.groupOf(focused.places[0]).button.focus({ preventScroll: true });
    this.tidy();
  }

  groupOf(place) {
    return this.groups.find((each) => each.places.includes(place));
  }

  mark(group) {
    const { L } = this;
    group.button = group.places.length > 1 ? manyButton(group) : oneButton(group);
    group.button.addEventListener("click", () => this.choose(group));
    L.DomEvent.disableClickPropagation(group.button);
    const icon = L.divIcon({ className: "map__marker", html: group.button, iconSize: null });
    L.marker(group.at, { icon, keyboard: false, interactive: false }).addTo(this.markers);
  }

  /** Hide names that would cover another; screen readers still have them. */
  tidy() {
    const edge = this.canvas.getBoundingClientRect();
    const taken = this.groups.map(({ button }) => button.firstChild.getBoundingClientRect());
    for (const { button } of this.groups) {
      const label = button.querySelector(".map__label");
      for (const side of SIDES) {
        label.dataset.side = side;
        const box = label.getBoundingClientRect();
        if (side === "away") break;
        if (within(box, edge) && !taken.some((other) => overlap(box, other))) {
          taken.push(box);
          break;
        }
      }
    }
  }

  choose(group) {
    const bounds = this.L.latLngBounds(group.places.map((place) => place.at));
    const closer = Math.min(this.map.getBoundsZoom(bounds), CLOSEST);
    if (group.places.length > 1 && closer > this.map.getZoom()) {
      this.fit(group.places, CLOSEST, false);
      this.groupOf(group.places[0]).button.focus({ preventScroll: true });
      return;
    }
    this.chosen = group.places[0];
    const copies = group.places.map(({ item }) => item.cloneNode(true));
    this.panel.querySelector("[data-chosen]").replaceChildren(...copies);
    this.panel.hidden = false;
    this.panel.focus();
  }

  /** Close what was chosen; say whether there was anything to close. */
  close() {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    this.groupOf(this.chosen).button.focus();
    return true;
  }
}

function within(a, b) {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function oneButton({ places: [place] }) {
  const name = element("bdi", "", place.name.textContent);
  name.lang = place.name.closest("[lang]").lang;
  const pin = element("span", `map__pin ${place.light?.className ?? ""}`);
  const picture = place.light?.querySelector("svg");
  if (picture) pin.append(picture.cloneNode(true));
  const label = element("span", "map__label", name);
  const button = element("button", "map__place", pin, label);
  if (place.light) {
    button.append(element("span", "map__unseen", ` – ${place.light.textContent.trim()}`));
  }
  button.type = "button";
  return button;
}

function manyButton({ places }) {
  const names = places.map((place) => place.name.textContent).join(", ");
  const localities = new Set(places.map((place) => place.locality));
  const shared = localities.size === 1 ? places[0].locality : "";
  const pin = element("span", "map__pin map__pin--many", String(places.length));
  const label = element("bdi", "map__label", shared);
  const button = element("button", "map__place", pin, " ", label);
  button.append(element("span", "map__unseen", `: ${names}`));
  button.type = "button";
  return button;
}

// --- The switch --------------------------------------------------------------------

function offer(places) {
  const switcher = places.querySelector("[data-switch]");
  const list = places.querySelector("[data-list]");
  const failed = places.querySelector("[data-failed]");
  const template = places.querySelector("template[data-map]");
  let map = null;

  function show(view) {
    list.hidden = view === "map";
    if (map) map.frame.hidden = view !== "map";
    for (const button of switcher.children) {
      button.setAttribute("aria-pressed", String(button.value === view));
    }
  }

  async function showMap() {
    failed.textContent = "";
    try {
      const L = await leaflet(places.dataset);
      show("map");
      if (!map) map = make(L);
    } catch (error) {
      show("list");
      failed.textContent = failed.dataset.failed;
      console.error(error);
    }
  }

  function make(L) {
    const frame = template.content.firstElementChild.cloneNode(true);
    template.before(frame);
    const found = [...list.querySelectorAll("[data-place]")].map(readPlace);
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      if (!map.close()) switcher.querySelector("[value=map]").focus();
    });
    return new PlacesMap(L, frame, found, places.dataset.images);
  }

  switcher.hidden = false;
  switcher.addEventListener("click", (event) => {
    const view = event.target.closest("button")?.value;
    if (view === "map") showMap();
    if (view === "list") show("list");
  });
}

for (const places of document.querySelectorAll("[data-places]")) offer(places);
