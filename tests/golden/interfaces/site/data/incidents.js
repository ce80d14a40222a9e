window.deconflictIncidents=[
["inc_0ea26b8611fa634bbcb6","Protest in Dayr az Zawr, Syria: at least 3 killed","protest","retracted","2018-02-05","2018-02-07","5\u20137 Feb 2018","Dayr az Zawr, Syria","SY","3 3 or more","","=pro-government forces"],
["inc_198b364f13836ef35547","Battle","battle","new","","","day not known","place not known","","","",""],
["inc_1f5bf7837f0540c7e202","Suicide bombing in Base 7, Chile: at least 3 killed","bombing","new","2016-12-26","2017-01-01","26 Dec 2016 \u2013 1 Jan 2017","Base 7, Chile","CL","3 3 or more","","rioters"],
["inc_bba8efc3c7f2db7a556c","Battle near Khush\u0101m, Syria: up to 100 or more killed","battle","disputed","2018-02-07","2018-02-07","7 Feb 2018","Khush\u0101m, Dayr az Zawr, Syria","SY","100 0 or more","","Syria armed forces, US Central Command, civilians"],
["inc_dfa2ea1141770522c4ec","Accident in Syria","accident","new","2017-01-01","2017-12-31","2017","Syria","SY","","","=pro-government forces"],
];
