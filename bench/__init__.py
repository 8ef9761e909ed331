"""Speed and cost, as ratios: what a booking costs on its way through the house, beside the floor of the same run."""
