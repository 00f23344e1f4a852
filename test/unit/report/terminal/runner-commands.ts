/**
 * What the runner of GitHub Actions would carry out of a line: `TryParseV2` and `TryParse` of `ActionCommand.cs`, in our
 * words. Its comparison of texts passes over marks without width, so they are taken away first. Azure Pipelines and TeamCity
 * look for their own signs in the same way.
 */
export function commandOf(line: string): string | undefined {
  const seen = line.replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trimStart()
  const end = seen.startsWith('::') ? seen.indexOf('::', 2) : -1
  if (end >= 0) return seen.slice(2, end)
  return /##(?:vso|teamcity)?\[([^\]]*)/.exec(seen)?.[1]
}

export const commandsOf = (text: string): readonly string[] =>
  text.split('\n').flatMap(line => commandOf(line) ?? [])
