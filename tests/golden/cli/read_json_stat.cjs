// Reads a JSON-stat file with an independent reader and prints every cell.
//
//     node read_json_stat.cjs JSONSTAT_TOOLKIT FILE
//
// Each dataset: its label, and its cells with the category of each dimension,
// value and status.
const fs = require("fs");

const [reader, file] = process.argv.slice(2);
const JSONstat = require(reader);

const read = JSONstat(JSON.parse(fs.readFileSync(file, "utf8")));
if (read.class !== "collection") throw new Error(`It is a ${read.class}.`);
const datasets = [];
for (let i = 0; i < read.length; ++i) {
    const dataset = read.Dataset(i);
    datasets.push({
        label: dataset.label,
        dimensions: dataset.id,
        roles: dataset.role,
        cells: dataset.toTable({ type: "arrobj", content: "id", status: true }),
    });
}
console.log(JSON.stringify(datasets));
