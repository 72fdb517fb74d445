int unused_for_the_moment();
