/** A path that a file names: as it is where it is absolute, else from the folder of that file. */
export function besideFile(file: string, path: string): string {
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) return path
  return file.replace(/[^/\\]*$/, '') + path.replace(/^(?:\.[/\\]+)+/, '')
}
