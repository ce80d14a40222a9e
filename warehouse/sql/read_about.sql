FROM pub.about;
