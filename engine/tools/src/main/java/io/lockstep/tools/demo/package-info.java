/** A whole system for a moment: started, fed, watched, replayed and judged. */
package io.lockstep.tools.demo;
