import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { findProgram } from './debian-programs.ts'

/** Where the server runs and where the generator; the same one on a machine with a single core. */
export interface Cores {
  readonly server: number
  readonly generator: number
}

/** `0-2,5` as the kernel writes it is 0, 1, 2, 5. */
export function parseCpuList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter(part => part !== '')
    .flatMap(part => {
      const [first = 0, last = first] = part.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    })
}

/** The first two cores that this process may use. */
export function chooseCores(): Cores {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'
  const [server = 0, generator = server] = parseCpuList(allowed)
  return { server, generator }
}

/** `taskset` in front of a command keeps the whole process, with all its threads, on one core. */
export function pinned(core: number, command: readonly string[]): readonly string[] {
  const taskset = findProgram('taskset')
  if (taskset === undefined) throw new Error('taskset is needed: apt-get install util-linux')
  return [taskset, '-c', String(core), ...command]
}

/** Keeps this process, which only waits and looks, off the generator's core. */
export function pinSelf(core: number): void {
  execFileSync(findProgram('taskset') ?? 'taskset', ['-a', '-c', '-p', String(core), String(process.pid)])
}
