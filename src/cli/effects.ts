import type { RunFacts } from '../result/result.ts'
import type { StopRequest } from '../trial/carry-out.ts'

/** All that the commands do to the world. Commands get it as an argument and reach for nothing else. */
export interface Effects {
  readonly terminal: Terminal
  readonly files: Files
  readonly machine: Machine
  readonly processes: Processes
  readonly programs: Programs
  readonly github: GithubStep
}

export interface Terminal {
  /** To standard output, as it is: the line's end is the caller's. */
  readonly print: (text: string) => void
  /** To standard error. */
  readonly tell: (text: string) => void
  /** Width of standard output, and of standard error, in characters; 80 where it is no terminal. */
  readonly columns: number
  readonly tellColumns: number
  /** Standard error is a terminal: a line may be rewritten in place. */
  readonly isLive: boolean
  /** Standard output is a terminal and neither `NO_COLOR` nor `TERM=dumb` speaks against colour. */
  readonly colour: boolean
}

/** Paths are relative to the working folder. Failures of the file system are thrown as they are. */
export interface Files {
  readText(path: string): Promise<string>
  /** The lines of a file of any size, one after the other; overlong ones are cut. */
  lines(path: string): Iterable<string>
  /** Makes its folder, writes beside the file and renames, so that a reader never sees half of it. */
  replace(path: string, text: string): Promise<void>
  /** Adds to the end of the file, which is made where it is not there. */
  append(path: string, text: string): Promise<void>
  exists(path: string): Promise<boolean>
  isFolder(path: string): Promise<boolean>
  /** The files in a folder and below it, in the order of their paths. */
  list(folder: string, bounds: ListBounds): Promise<Listing>
  makeFolderFor(path: string): Promise<void>
  /** Makes its folder and starts the file anew; each appended text is with the operating system when the call returns. */
  beginAppending(path: string): Promise<Appending>
  remove(path: string): Promise<void>
  rename(path: string, to: string): Promise<void>
  /** The path of a file of plimsoll's own, e.g. `scenarios/storefront.yaml`. */
  ofPlimsoll(path: string): string
  /** The paths of the chart library's script and style, as its package ships them. */
  chartLibrary(): { readonly script: string; readonly style: string }
}

/** Links are not followed; names that begin with a dot, and what package managers fill, are left out. */
export interface ListBounds {
  /** Does a file of that name, without its folder, count? */
  readonly wanted: (name: string) => boolean
  /** 0: only the folder itself. */
  readonly depth: number
  /** Files that are listed at most. */
  readonly most: number
}

export interface Listing {
  readonly files: readonly ListedFile[]
  /** False where more was there than the bounds let in. */
  readonly isWhole: boolean
}

export interface ListedFile {
  /** From the listed folder, with `/` between its parts. */
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

export interface Appending {
  append(text: string): void
  /** What stands in it, line by line from the first; also when its name is gone. */
  lines(): Iterable<string>
  close(): void
}

export interface Machine {
  readonly facts: RunFacts['machine']
  readonly toolVersion: string
  /** Processors that this process may use at once. */
  readonly cores: number
  now(): Date
  /** A fresh 32-bit seed, and a fresh name for a run. */
  randomSeed(): number
  newId(): string
}

/** What the step of GitHub Actions that this process runs in takes; nothing anywhere else. */
export interface GithubStep {
  /** Markdown appended here stands on the page of the job (`GITHUB_STEP_SUMMARY`). */
  readonly summaryFile: string | undefined
  /** Values appended here are outputs of the step (`GITHUB_OUTPUT`). */
  readonly outputFile: string | undefined
  /** Lines such as `::error::…` are commands (`GITHUB_ACTIONS`). */
  readonly takesAnnotations: boolean
}

export type StopSignal = StopRequest['signal']

export interface Processes {
  /** Until the returned function is called, SIGINT and SIGTERM come here instead of ending the process. */
  onStopSignal(listener: (signal: StopSignal) => void): () => void
  /** Until then, too: the plimsoll process that started this one is gone. Never where none did. */
  onParentGone(listener: () => void): () => void
  /** Starts plimsoll again with other words, e.g. `['lab', 'STOREFRONT']`. It ends when this process does. */
  startSelf(words: readonly string[]): ChildProcess
}

export interface ChildProcess {
  /** Resolves with the first line on its standard output that matches; rejects when it ends without one. */
  lineMatching(pattern: RegExp): Promise<RegExpMatchArray>
  /** Resolves when it has ended. */
  end(): Promise<void>
}

/** Programs of this machine that are not ours, and what they need. */
export interface Programs {
  /** In PATH, or where Debian puts servers; undefined where there is none of that name. */
  find(name: string): Promise<string | undefined>
  /** A port of 127.0.0.1 that nothing listens on at this moment. */
  freePort(): Promise<number>
  /** Empty, and readable for everybody: servers change their user. */
  makeTemporaryFolder(): Promise<TemporaryFolder>
  /** It ends when this process does, however that comes about. */
  start(path: string, words: readonly string[]): RunningProgram
  /** Asks again and again until it is answered with 200; false after so many seconds, or when the program has ended. */
  answersWithin(url: string, seconds: number, program: RunningProgram): Promise<boolean>
}

export interface TemporaryFolder {
  readonly path: string
  remove(): Promise<void>
}

export interface RunningProgram {
  hasEnded(): boolean
  /** The end of what it has written to standard error. */
  complaint(): string
  /** Asks it to end, insists after three seconds, and resolves when it has ended. */
  end(): Promise<void>
}
