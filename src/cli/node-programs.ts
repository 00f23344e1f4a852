import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Programs, RunningProgram } from './effects.ts'

/** Not always in PATH of a plain user. */
const OF_SERVERS = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/opt/homebrew/bin']
const INSIST_MS = 3000
const PATIENCE_MS = 1000
const LOOK_MS = 50
const COMPLAINT_CHARACTERS = 2000

/**
 * Starts a program and waits for it or for the end of descriptor 3, which is ours: it closes when we are gone, killed or not. The program has no
 * part of that descriptor, and a Ctrl-C in the terminal does not reach it, so that it outlives the requests under way.
 */
const GUARD = `
"$@" 3<&- &
child=$!
{ read -r nothing <&3; kill "$child"; } 2>/dev/null &
guard=$!
exec 3<&-
wait "$child"
code=$?
kill "$guard" 2>/dev/null
exit "$code"
`

export const nodePrograms: Programs = {
  async find(name) {
    const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...OF_SERVERS]
    for (const folder of folders.filter(one => one !== '')) {
      const path = join(folder, name)
      if (await isProgram(path)) return path
    }
    return undefined
  },
  async freePort() {
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    await new Promise(resolve => server.close(resolve))
    return port
  },
  async makeTemporaryFolder() {
    const path = await mkdtemp(join(tmpdir(), 'plimsoll-'))
    await chmod(path, 0o755)
    return { path, remove: () => rm(path, { recursive: true, force: true }) }
  },
  start,
  async answersWithin(url, seconds, program) {
    const giveUpAt = performance.now() + seconds * 1000
    while (performance.now() < giveUpAt && !program.hasEnded()) {
      if (await isAnswered(url)) return true
      await pause(LOOK_MS)
    }
    return false
  },
}

const isAnswered = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    async answer => {
      await answer.arrayBuffer()
      return answer.status === 200
    },
    () => false,
  )

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

function start(path: string, words: readonly string[]): RunningProgram {
  const shell = spawn('sh', ['-c', GUARD, 'sh', path, ...words], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  shell.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-COMPLAINT_CHARACTERS)
  })
  let isOver = false
  const ended = new Promise<void>(resolve => {
    const finish = (): void => {
      isOver = true
      resolve()
    }
    shell.once('exit', finish)
    shell.once('error', error => {
      complaint += String(error)
      finish()
    })
  })
  return {
    hasEnded: () => isOver,
    complaint: () => complaint.trim(),
    async end() {
      shell.stdio[3]!.destroy()
      const insist = setTimeout(() => killGroup(shell.pid), INSIST_MS)
      await ended
      clearTimeout(insist)
      shell.stderr!.destroy()
    },
  }
}

/** The shell leads a group of its own, in which nobody is but what it started. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Gone by itself meanwhile.
  }
}
