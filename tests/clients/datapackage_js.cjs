// node datapackage_js.cjs <descriptor>… : for each, what datapackage (version 1 of the standard) says against it, and the rows of
// its tables, typed, and the keys that lead nowhere: [table, its columns, row of the table, from 1].
const { Package } = require("datapackage");

async function read(descriptor) {
  const found = await Package.load(descriptor);
  const tables = {};
  const broken = [];
  for (const resource of found.resources) {
    if (resource.schema.foreignKeys.length > 0) {
      const rows = await resource.read({ relations: true, forceCast: true });
      for (const row of rows) {
        if (row instanceof Error) broken.push([resource.name, row.message.split('"')[1], row.rowNumber - 1]);
      }
    }
    tables[resource.name] = await resource.read();
  }
  return { errors: found.errors.map((error) => error.message), broken, tables };
}

async function main(descriptors) {
  const packages = [];
  for (const descriptor of descriptors) packages.push(await read(descriptor));
  process.stdout.write(JSON.stringify(packages));
}

main(process.argv.slice(2));
