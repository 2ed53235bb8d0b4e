/**
 * What Maven runs once the classes are there: writes down every component that is shipped (CycloneDX 1.6), the libraries on the class path and the
 * packages whose code is in the pages' script and style, each with its hash and licence, where Spring Boot expects it. The usual Maven plugin takes
 * a twentyfold of the time, writes nothing without a network, and knows nothing of the script.
 *
 * Arguments: the local repository, the runtime class path, the application's version.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const [repository, classpath, version] = process.argv.slice(2);
const libraries = classpath.split(delimiter).filter((path) => path.endsWith('.jar')).map(library);
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const bundled = join(root, 'target/frontend-packages.json');
// Without the front end built, as in a run of chosen tests, its packages are not known.
const packages = existsSync(bundled) ? JSON.parse(readFileSync(bundled, 'utf8')).map(npmPackage) : [];
const components = [...libraries, ...packages].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
const folder = join(root, 'target/classes/META-INF/sbom');

mkdirSync(folder, { recursive: true });
writeFileSync(
    join(folder, 'application.cdx.json'),
    JSON.stringify(
        {
            bomFormat: 'CycloneDX',
            specVersion: '1.6',
            serialNumber: `urn:uuid:${randomUUID()}`,
            version: 1,
            metadata: { component: { type: 'application', group: 'org.manyi', name: 'manyi', version } },
            components,
        },
        null,
        1,
    ),
);

/** A jar lies in the repository at group/artifact/version/. */
function library(jar) {
    const parts = relative(repository, dirname(jar)).split(sep);
    const [name, jarVersion] = parts.slice(-2);
    const group = parts.slice(0, -2).join('.');
    const classifier = basename(jar, '.jar').slice(`${name}-${jarVersion}-`.length);
    return component(`pkg:maven/${group}/${name}@${jarVersion}${classifier && `?classifier=${classifier}`}`, { group, name, version: jarVersion }, licence(group, name, jarVersion), readFileSync(jar));
}

function npmPackage(name) {
    const { version: locked, license, integrity } = lock[`node_modules/${name}`];
    const made = component(`pkg:npm/${name.replace('@', '%40')}@${locked}`, { name, version: locked }, license);
    const [, content] = /^sha512-(.+)$/.exec(integrity);
    return { ...made, hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] };
}

function component(purl, named, licenceName, bytes) {
    return {
        type: 'library',
        'bom-ref': purl,
        ...named,
        ...(bytes && { hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }] }),
        ...(licenceName && { licenses: [{ license: { name: licenceName } }] }),
        purl,
    };
}

/** The licence stands in the artifact's own description or in that of one it inherits from. */
function licence(group, name, at) {
    const file = join(repository, ...group.split('.'), name, at, `${name}-${at}.pom`);
    if (!existsSync(file)) {
        return undefined;
    }
    const pom = readFileSync(file, 'utf8');
    const own = /<license>[^]*?<name>([^<]+)<\/name>/.exec(pom);
    const parent = /<parent>([^]*?)<\/parent>/.exec(pom);
    const of = (tag) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(parent[1])?.[1].trim();
    return own ? own[1].trim() : parent ? licence(of('groupId'), of('artifactId'), of('version')) : undefined;
}
