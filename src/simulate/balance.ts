import type { Random } from '../units/random.ts'
import type { Balance } from './setting.ts'

/** What the choice rests on, kept by the gateway; one entry for each backend. */
export interface BackendLoads {
  /** Requests that it has been given, and those that wait in its own queue. */
  readonly present: Int32Array
  /** When `present` last changed, as a running number. */
  readonly changedAt: Float64Array
}

/** The backend for the next request, preferably another than `avoided` (-1: none); -1 where it has to wait in the shared queue. */
export type ChooseBackend = (avoided: number) => number

/** @param room how many may be present at one backend */
export function createBalance(
  balance: Balance,
  loads: BackendLoads,
  room: number,
  random: Random,
): ChooseBackend {
  switch (balance) {
    case 'round-robin':
      return createTurns(loads, room)
    case 'least-connections':
      return createLeastConnections(loads, room)
    case 'random':
      return createDraws(1, loads, room, random)
    case 'power-of-two':
      return createDraws(2, loads, room, random)
    default:
      return balance satisfies never
  }
}

function createTurns({ present }: BackendLoads, room: number): ChooseBackend {
  const n = present.length
  let turn = 0
  return avoided => {
    for (let tried = 0; tried < n; tried += 1) {
      const backend = turn + tried < n ? turn + tried : turn + tried - n
      if (backend === avoided || present[backend]! >= room) continue
      turn = backend + 1 === n ? 0 : backend + 1
      return backend
    }
    return orElse(avoided, present, room)
  }
}

function createLeastConnections({ present, changedAt }: BackendLoads, room: number): ChooseBackend {
  const n = present.length
  return avoided => {
    let best = -1
    let fewest = room
    for (let backend = 0; backend < n; backend += 1) {
      const here = present[backend]!
      if (here > fewest || here >= room || backend === avoided) continue
      if (here === fewest && best >= 0 && changedAt[backend]! >= changedAt[best]!) continue
      best = backend
      fewest = here
    }
    return best >= 0 ? best : orElse(avoided, present, room)
  }
}

function createDraws(draws: 1 | 2, { present }: BackendLoads, room: number, random: Random): ChooseBackend {
  const n = present.length
  const draw = (avoided: number): number => {
    if (avoided < 0 || n === 1) return Math.floor(random.pick() * n)
    const other = Math.floor(random.pick() * (n - 1))
    return other < avoided ? other : other + 1
  }
  return avoided => {
    const first = draw(avoided)
    const second = draws === 2 ? draw(avoided) : first
    const fewer = present[second]! > present[first]! ? first : second
    return present[fewer]! < room ? fewer : -1
  }
}

/** The one to avoid is better than none. */
const orElse = (avoided: number, present: Int32Array, room: number): number =>
  avoided >= 0 && present[avoided]! < room ? avoided : -1
