package io.kabar.storage.csv.accounts;

import io.kabar.chat.spi.Device;

/**
 * A row of {@code devices.csv}.
 *
 * @param account whose device it is
 * @param device as it is
 * @param isForgotten whether it is none of the account's any more; its number is not given again
 */
public record DeviceRow(long account, Device device, boolean isForgotten) {}
