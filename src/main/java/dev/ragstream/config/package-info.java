/**
 * Settings: {@link dev.ragstream.config.Settings} is the one table of what can be set, and the
 * {@link dev.ragstream.config.SettingsLoader} fills it from defaults, files, the environment and
 * flags. Everything is checked before anything runs, and a fault is reported with the place it was
 * written at and the nearest thing that would have worked.
 */
@NullMarked
package dev.ragstream.config;

import org.jspecify.annotations.NullMarked;
