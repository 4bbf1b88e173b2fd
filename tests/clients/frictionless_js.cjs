// node frictionless_js.cjs <descriptor>… : for each, the rows of its tables as frictionless.js reads them, headers first.
const { Dataset } = require("frictionless.js");

async function rows(file) {
  const found = [];
  for await (const row of await file.rows()) found.push(row);
  return found;
}

async function read(descriptor) {
  const dataset = await Dataset.load(descriptor);
  const tables = {};
  for (const file of dataset.resources) tables[file.descriptor.name] = await rows(file);
  return tables;
}

async function main(descriptors) {
  const packages = [];
  for (const descriptor of descriptors) packages.push(await read(descriptor));
  process.stdout.write(JSON.stringify(packages));
}

main(process.argv.slice(2));
