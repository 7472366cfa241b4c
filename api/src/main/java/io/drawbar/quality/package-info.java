/** What is in data, and whether it is what was expected. */
package io.drawbar.quality;
