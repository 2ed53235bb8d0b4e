import './style/app.scss';
