"""What a maintainer runs now and then: external links, other engines. The generator knows nothing of it."""
