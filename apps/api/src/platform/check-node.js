// Refuses another Node than the one that the program is tested with (SC-06). JavaScript, because an older Node cannot
// read TypeScript: the scripts of package.json load it first (`node --import`), and server.ts imports it first.
const needed = 24

/** @param {string} version */
export function nodeFault(version) {
  const major = Number(version.split('.')[0])
  if (major >= needed) return null
  return `Kotoisa needs Node ${needed} or newer; this is Node ${version}. On Linux "npm start" brings its own; elsewhere install Node ${needed} LTS.`
}

const fault = nodeFault(process.versions.node)
if (fault) {
  console.error(fault)
  process.exit(1)
}
