/** The desktop: windows drawn from the view model, one action a file. It knows no protocol. */
package io.kabar.swing;
