import { SearchMap } from "./search-map";
import { PlaceEditor } from "./place-editor";

if (!customElements.get("vv-map")) customElements.define("vv-map", SearchMap);
if (!customElements.get("vv-place")) customElements.define("vv-place", PlaceEditor);
