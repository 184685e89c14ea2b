/**
 * What is done with a folder while no server runs: export, import, erasing a person, looking for damage. Open
 * {@link io.kabar.storage.csv.exchange.DataExport} first. Nothing here is needed to serve.
 */
package io.kabar.storage.csv.exchange;
