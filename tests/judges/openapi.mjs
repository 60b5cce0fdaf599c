// Says whether a file is a valid OpenAPI document: openapi.mjs FILE, run where the judges are installed.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, , file] = process.argv;
const found = createRequire(process.cwd() + "/").resolve("@seriousme/openapi-schema-validator");
const { Validator } = await import(pathToFileURL(found));
const judge = new Validator();
const answer = await judge.validate(file);
console.log(JSON.stringify({ valid: answer.valid, version: judge.version, errors: answer.errors ?? [] }));
