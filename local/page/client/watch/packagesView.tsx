import type { PackageSizes } from "../../apiTypes";
import type { HalfProps } from "../shell/halfProps";
import { State } from "../shell/state";
import { useLoaded } from "../shell/useLoaded";
import { bytes } from "./format";
import { Scroll } from "./scroll";

/** Sizes of the functions' packages against Lambda's limit. */
export function PackagesView({ api }: HalfProps) {
  const loaded = useLoaded(() => api.get<readonly PackageSizes[]>("/api/packages"));
  return (
    <>
      <h1>Packages</h1>
      <p class="dim">
        Lambda takes {bytes(250 * 1024 * 1024)} of a function with its layers, unzipped. These are the
        archives that serve here; those for Lambda hold its own platform's files.
      </p>
      <State of={loaded}>
        {(packages) => (
          <Scroll label="Packages" class="flush">
            <table>
              <thead>
                <tr>
                  <th scope="col">Function</th>
                  <th scope="col" class="number">
                    Archive, zipped
                  </th>
                  <th scope="col" class="number">
                    Layers
                  </th>
                  <th scope="col" class="number">
                    In all
                  </th>
                  <th scope="col" class="wide">
                    Of the limit
                  </th>
                </tr>
              </thead>
              <tbody>{packages.map(PackageRow)}</tbody>
            </table>
          </Scroll>
        )}
      </State>
    </>
  );
}

function PackageRow({ name, zippedBytes, layersBytes, unzippedBytes, limitBytes }: PackageSizes) {
  const share = (100 * unzippedBytes) / limitBytes;
  return (
    <tr key={name}>
      <td>{name}</td>
      <td class="number">{bytes(zippedBytes)}</td>
      <td class="number">{layersBytes === 0 ? "none" : bytes(layersBytes)}</td>
      <td class="number">{bytes(unzippedBytes)}</td>
      <td>
        <div class="row nowrap">
          <meter min={0} max={100} high={80} value={share} aria-label={`${name}: share of the limit`} />
          <span class="number">{share < 1 ? "< 1" : Math.round(share)} %</span>
        </div>
      </td>
    </tr>
  );
}
