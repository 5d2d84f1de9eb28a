import { geoArea } from 'd3-geo'
import type {
  Feature,
  FeatureCollection,
  GeoJsonProperties,
  Geometry,
  MultiPolygon,
  Point,
  Polygon,
  Position,
} from 'geojson'
import { feature } from 'topojson-client'
import { fold } from '#src/platform/text.ts'

/** The border of a unit as it is kept: outer rings clockwise as on a sphere; a point where only the position is known. */
export type Border = { unitCode: string; name: string; geometry: MultiPolygon | Point }

/** A unit that an agency serves. */
export type Unit = { unitCode: string; name: string }

/** What is in a file of borders: those of our units, and what is wrong, each fault naming its feature. */
export type ReadBorders = { borders: Border[]; faults: string[] }

/** A map is drawn some 800 points wide: what is smaller than a fraction of one of them is left out. */
const STEPS_ACROSS = 2_000

/** Borders of `units` in a text of GeoJSON or TopoJSON, in degrees. A feature is a unit's by its code, else by its name. */
export function readBorders(text: string, units: readonly Unit[]): ReadBorders {
  const { features, fault } = readFeatures(text)
  if (fault) return { borders: [], faults: [fault] }
  const unitOf = unitFinder(units)
  const tolerance = toleranceFor(features)
  const borders = new Map<string, Border>()
  const faults: string[] = []
  for (const [n, one] of features.entries()) {
    const label = `feature ${n + 1}${labelOf(one.properties)}`
    const wrong = geometryFault(one.geometry)
    const unit = unitOf(one.properties)
    if (wrong) faults.push(`${label}: ${wrong}`)
    else if (!unit) faults.push(`${label}: no agency serves a unit of this code or name`)
    else if (borders.has(unit.unitCode)) faults.push(`${label}: a second border of ${unit.name} (${unit.unitCode})`)
    else borders.set(unit.unitCode, { ...unit, geometry: tidied(one.geometry as Shape, tolerance) })
  }
  return { borders: [...borders.values()], faults }
}

type Shape = Polygon | MultiPolygon | Point

function readFeatures(text: string): { features: Feature<Geometry | null>[]; fault?: string } {
  const nothing = (fault: string) => ({ features: [], fault })
  let data: { type?: string; objects?: Record<string, unknown>; features?: unknown[] }
  try {
    data = JSON.parse(text)
  } catch {
    return nothing('the file is not JSON')
  }
  if (data?.type === 'FeatureCollection' && Array.isArray(data.features)) {
    const features = data.features as (Feature<Geometry | null> | null)[]
    return { features: features.map(one => one ?? { type: 'Feature', geometry: null, properties: null }) }
  }
  if (data?.type !== 'Topology')
    return nothing('the file is neither a GeoJSON FeatureCollection nor a TopoJSON Topology')
  try {
    const topology = data as unknown as Parameters<typeof feature>[0]
    const objects = Object.values(topology.objects)
    return {
      features: objects.flatMap(object => (feature(topology, object) as unknown as FeatureCollection).features ?? []),
    }
  } catch {
    return nothing('the TopoJSON cannot be read: its arcs do not fit its objects')
  }
}

/** The first few words a feature says of itself. */
function labelOf(properties: GeoJsonProperties): string {
  const words = Object.values(properties ?? {}).filter(value => typeof value === 'string' || typeof value === 'number')
  return words.length ? ` (${words.slice(0, 3).join(', ')})` : ''
}

const bare = (name: string) => fold(name).replace(/^(uy ban nhan dan|ubnd)\s+/u, '')

/** By any property that is a unit's code; else by one that is its name, "UBND" before it or not, if only one unit is called so. */
function unitFinder(units: readonly Unit[]): (properties: GeoJsonProperties) => Unit | undefined {
  const byCode = new Map(units.map(unit => [unit.unitCode, unit]))
  const byName = Map.groupBy(units, unit => bare(unit.name))
  return properties => {
    const words = Object.values(properties ?? {}).map(String)
    const called = words.map(word => byName.get(bare(word))).find(found => found?.length === 1)
    return words.map(word => byCode.get(word)).find(Boolean) ?? called?.[0]
  }
}

function geometryFault(geometry: Geometry | null): string | undefined {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon' && geometry?.type !== 'Point') {
    return `a ${geometry?.type ?? 'feature without geometry'} is no border; Polygon, MultiPolygon or Point is`
  }
  if (!isNested(geometry.coordinates, depths[geometry.type]))
    return `its coordinates are not those of a ${geometry.type}`
  const positions = positionsOf(geometry)
  if (positions.length === 0) return 'its border is empty'
  const isDegrees = ([lon, lat]: Position) => Math.abs(lon ?? 999) <= 180 && Math.abs(lat ?? 999) <= 90
  if (!positions.every(isDegrees)) return 'its coordinates are not degrees; convert the file to WGS 84 first'
  return undefined
}

/** How deep the numbers of each lie. */
const depths = { Point: 1, Polygon: 3, MultiPolygon: 4 }
const isNested = (value: unknown, depth: number): boolean =>
  depth === 0 ? typeof value === 'number' : Array.isArray(value) && value.every(one => isNested(one, depth - 1))

function positionsOf(geometry: Shape): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  return geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2)
}

function toleranceFor(features: readonly Feature<Geometry | null>[]): number {
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { geometry } of features) {
    if (geometryFault(geometry)) continue
    for (const [lon = 0] of positionsOf(geometry as Shape)) {
      west = Math.min(west, lon)
      east = Math.max(east, lon)
    }
  }
  return east > west ? (east - west) / STEPS_ACROSS : 0
}

function tidied(geometry: Shape, tolerance: number): Border['geometry'] {
  if (geometry.type === 'Point') return { type: 'Point', coordinates: geometry.coordinates.slice(0, 2) }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const thinned = polygons.map(rings => rings.map(ring => thinRing(ring, tolerance)).filter(ring => ring.length > 3))
  const kept = thinned.filter(rings => rings.length > 0)
  // An islet smaller than a point of the map stays if it is all there is.
  return { type: 'MultiPolygon', coordinates: (kept.length ? kept : polygons).map(clockwise) }
}

/** On a sphere a ring turned the wrong way encloses everything but the unit. */
function clockwise(rings: Position[][]): Position[][] {
  return rings.map((ring, n) => {
    const isHemisphere = geoArea({ type: 'Polygon', coordinates: [ring] }) > 2 * Math.PI
    return isHemisphere === (n === 0) ? ring.toReversed() : ring
  })
}

/** Douglas and Peucker's way from the first point to the farthest and back; corners shared with neighbours move by less than `tolerance`. */
function thinRing(ring: readonly Position[], tolerance: number): Position[] {
  const points = ring.map(([lon = 0, lat = 0]) => [round(lon), round(lat)])
  const first = points[0]
  if (!first || tolerance === 0 || points.length < 5) return points
  const distances = points.map(point =>
    Math.hypot((point[0] ?? 0) - (first[0] ?? 0), (point[1] ?? 0) - (first[1] ?? 0)),
  )
  const far = distances.indexOf(Math.max(...distances))
  return [...thin(points.slice(0, far + 1), tolerance), ...thin(points.slice(far), tolerance).slice(1)]
}

/** A tenth of a metre, roughly. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

function thin(points: Position[], tolerance: number): Position[] {
  const kept = new Set([0, points.length - 1])
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    const farthest = farthestBetween(points, from, to)
    if (farthest.distance <= tolerance) continue
    kept.add(farthest.at)
    spans.push([from, farthest.at], [farthest.at, to])
  }
  return points.filter((_, n) => kept.has(n))
}

function farthestBetween(points: readonly Position[], from: number, to: number): { at: number; distance: number } {
  const [ax = 0, ay = 0] = points[from] ?? []
  const [bx = 0, by = 0] = points[to] ?? []
  const length = Math.hypot(bx - ax, by - ay) || 1
  let farthest = { at: from, distance: 0 }
  for (let at = from + 1; at < to; at += 1) {
    const [x = 0, y = 0] = points[at] ?? []
    const distance = Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
    if (distance > farthest.distance) farthest = { at, distance }
  }
  return farthest
}
