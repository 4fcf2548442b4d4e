"""The parts from which `demo.make_feed` builds the demo's feeds."""
