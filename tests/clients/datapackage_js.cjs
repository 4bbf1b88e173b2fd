// node datapackage_js.cjs <descriptor>… : for each, what datapackage (version 1 of the standard) says against it, and the rows of
// its tables, typed. Every key is followed: one that leads nowhere stops the program.
const { Package } = require("datapackage");

async function read(descriptor) {
  const found = await Package.load(descriptor);
  const tables = {};
  for (const resource of found.resources) {
    if (resource.schema.foreignKeys.length > 0) await resource.read({ relations: true });
    tables[resource.name] = await resource.read();
  }
  return { errors: found.errors.map((error) => error.message), tables };
}

async function main(descriptors) {
  const packages = [];
  for (const descriptor of descriptors) packages.push(await read(descriptor));
  process.stdout.write(JSON.stringify(packages));
}

main(process.argv.slice(2));
